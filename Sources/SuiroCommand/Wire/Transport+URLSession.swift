import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension Transport {
    /// The network, by Foundation's URL loading. Nothing is cached, no cookie is kept, and no redirect is followed:
    /// a bearer token goes to the address the user named and nowhere else.
    package static let network: Transport = {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = 180
        configuration.httpCookieStorage = nil
        configuration.urlCache = nil
        let session = URLSession(configuration: configuration, delegate: NoRedirects(), delegateQueue: nil)
        return Transport { call in
            var request = URLRequest(url: call.url)
            request.httpMethod = call.method
            request.httpBody = call.body
            for header in call.headers { request.setValue(header.value, forHTTPHeaderField: header.name) }
            let (body, response) = try await session.data(for: request)
            guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
            let headers = response.allHeaderFields.compactMap { name, value in
                (name as? String).map { Header($0, "\(value)") }
            }
            return Answer(status: response.statusCode, headers: headers, body: body)
        }
    }()
}

private final class NoRedirects: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}
