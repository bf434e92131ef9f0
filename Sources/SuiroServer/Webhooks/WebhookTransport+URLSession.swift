import Foundation
package import SuiroDomain
package import SuiroService

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension WebhookTransport {
    /// The network, by Foundation's URL loading, as far as `rule` allows (decision 0017). Every address that a
    /// receiver's name leads to is looked at before each attempt; an attempt ends after ten seconds whatever the
    /// receiver does; no redirect is followed, no cookie kept, no proxy asked, and of the answer's body nothing is read
    /// beyond its first kibibyte.
    package static func network(_ rule: TargetRule) -> WebhookTransport {
        // libcurl reads proxies from the environment; this says that there are none.
        setenv("no_proxy", "*", 1)
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.urlCache = nil
        let exchanges = Exchanges()
        let session = URLSession(configuration: configuration, delegate: exchanges, delegateQueue: nil)
        return WebhookTransport { call in
            guard let target = try? rule.target(call.url), let url = URL(string: call.url),
                url.host()?.lowercased() == target.host.lowercased() || target.host.contains(":")
            else { return .failure(DeliveryFailure(.addressNotAllowed)) }
            var request = URLRequest(url: url, timeoutInterval: Exchange.limit)
            request.httpMethod = "POST"
            request.httpBody = Data(call.body)
            for header in call.headers { request.setValue(header.value, forHTTPHeaderField: header.name) }
            let exchange = Exchange()
            return await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    exchange.begin(continuation)
                    let complete = request
                    DispatchQueue.global().async {
                        if let cause = Resolver.objection(to: target, by: rule) {
                            exchange.finish(.failure(DeliveryFailure(cause)))
                        } else {
                            exchanges.start(exchange, session.dataTask(with: complete))
                        }
                    }
                }
            } onCancel: {
                exchange.finish(.failure(DeliveryFailure(.network)))
            }
        }
    }
}

/// One request under way: resumed once, by whatever comes first.
private final class Exchange: @unchecked Sendable {
    static let limit = 10.0
    private static let longestBody = 1024

    private let lock = NSLock()
    private var continuation: CheckedContinuation<Result<WebhookAnswer, DeliveryFailure>, Never>?
    private var task: URLSessionTask?
    private var isOver = false
    private var status: Int?
    private var body = Data()

    func begin(_ continuation: CheckedContinuation<Result<WebhookAnswer, DeliveryFailure>, Never>) {
        let isTooLate = lock.withLock {
            self.continuation = isOver ? nil : continuation
            return isOver
        }
        if isTooLate { continuation.resume(returning: .failure(DeliveryFailure(.network))) }
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.limit) { self.end(.timedOut) }
    }

    /// Answers whether the task may run.
    func take(_ task: URLSessionTask) -> Bool {
        lock.withLock {
            self.task = task
            return !isOver
        }
    }

    func receive(status: Int) { lock.withLock { self.status = status } }

    func receive(_ data: Data) {
        let isFull = lock.withLock {
            body += data.prefix(Self.longestBody - body.count)
            return body.count >= Self.longestBody
        }
        if isFull { end(.network) }
    }

    /// The end, with the answer if one has begun and with the cause if not.
    func end(_ cause: DeliveryCause) {
        let (status, body) = lock.withLock { (self.status, self.body) }
        guard let status else { return finish(.failure(DeliveryFailure(cause))) }
        finish(.success(WebhookAnswer(status: status, body: Self.text(body))))
    }

    func finish(_ result: Result<WebhookAnswer, DeliveryFailure>) {
        let (waiting, task) = lock.withLock {
            let found = (continuation, self.task)
            (continuation, isOver) = (nil, true)
            return found
        }
        waiting?.resume(returning: result)
        task?.cancel()
    }

    /// What can be kept and shown: text without control characters.
    private static func text(_ body: Data) -> String {
        String(decoding: body, as: UTF8.self).replacing(#/[\u{0}-\u{8}\u{B}-\u{1F}\u{7F}]/#, with: "\u{FFFD}")
    }
}

/// Which exchange a task of the session belongs to.
private final class Exchanges: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    private let lock = NSLock()
    private var open: [Int: Exchange] = [:]

    func start(_ exchange: Exchange, _ task: URLSessionDataTask) {
        lock.withLock { open[task.taskIdentifier] = exchange }
        if exchange.take(task) {
            task.resume()
        } else {
            lock.withLock { open[task.taskIdentifier] = nil }
            task.cancel()
        }
    }

    private func exchange(_ task: URLSessionTask) -> Exchange? { lock.withLock { open[task.taskIdentifier] } }

    func urlSession(
        _ session: URLSession,
        dataTask: URLSessionDataTask,
        didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        if let status = (response as? HTTPURLResponse)?.statusCode { exchange(dataTask)?.receive(status: status) }
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        exchange(dataTask)?.receive(data)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        let exchange = lock.withLock { open.removeValue(forKey: task.taskIdentifier) }
        exchange?.end(DeliveryCause(error))
    }

    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}

extension DeliveryCause {
    fileprivate init(_ error: (any Error)?) {
        switch (error as? URLError)?.code {
        case .timedOut: self = .timedOut
        case .cannotFindHost, .dnsLookupFailed: self = .nameUnknown
        case .cannotConnectToHost: self = .connectionRefused
        case .secureConnectionFailed, .serverCertificateHasBadDate, .serverCertificateUntrusted,
            .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid:
            self = .certificate
        default: self = .network
        }
    }
}
