import FoundationEssentials
import HTTPTypes
import SuiroAssets
import SuiroHTTP

/// What the server says of itself.
extension Operation {
    static let service: [Operation] = [
        Operation("openapi.yaml", .get, "/openapi.yaml", .anonymous) { _ in
            Reply(
                .ok,
                headers: [.contentType: "application/yaml; charset=utf-8"],
                body: try Assets.bytes("openapi.yaml")
            )
        },
        Operation("openapi.json", .get, "/openapi.json", .anonymous) { _ in
            Reply.json(bytes: Array(try OpenAPIDocument.json().utf8))
        },
    ]
}
