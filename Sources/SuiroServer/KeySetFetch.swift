import Foundation
package import SuiroAPI

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Fetches the key sets of external issuers: at most a mebibyte within ten seconds, no redirect, no cookie, no proxy.
package enum KeySetFetch {
    package struct Fault: Error {}

    package static func network() -> KeyFetch {
        setenv("no_proxy", "*", 1)
        return { url in
            guard let url = URL(string: url) else { throw Fault() }
            let configuration = URLSessionConfiguration.ephemeral
            configuration.httpCookieStorage = nil
            configuration.urlCache = nil
            configuration.timeoutIntervalForResource = 10
            let download = Download()
            let session = URLSession(configuration: configuration, delegate: download, delegateQueue: nil)
            defer { session.invalidateAndCancel() }
            return try await withCheckedThrowingContinuation { continuation in
                download.begin(continuation)
                session.dataTask(with: URLRequest(url: url, timeoutInterval: 10)).resume()
            }
        }
    }
}

/// One fetch under way: resumed once, by whatever comes first.
private final class Download: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    private static let largest = 1_048_576
    private let lock = NSLock()
    private var continuation: CheckedContinuation<[UInt8], any Error>?
    private var body: [UInt8] = []

    func begin(_ continuation: CheckedContinuation<[UInt8], any Error>) {
        lock.withLock { self.continuation = continuation }
    }

    private func end(_ result: Result<[UInt8], any Error>) {
        let waiting = lock.withLock {
            defer { continuation = nil }
            return continuation
        }
        waiting?.resume(with: result)
    }

    func urlSession(
        _ session: URLSession,
        dataTask: URLSessionDataTask,
        didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        let isGood = (response as? HTTPURLResponse)?.statusCode == 200
        if !isGood { end(.failure(KeySetFetch.Fault())) }
        completionHandler(isGood ? .allow : .cancel)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let isTooLarge = lock.withLock {
            body += data
            return body.count > Self.largest
        }
        if isTooLarge {
            end(.failure(KeySetFetch.Fault()))
            dataTask.cancel()
        }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        if let error { return end(.failure(error)) }
        end(.success(lock.withLock { body }))
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
