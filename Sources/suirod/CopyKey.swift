import ArgumentParser
import Foundation
import SuiroServer

/// The key that copies are sealed with: kept apart from them.
struct CopyKey: ParsableArguments {
    @ArgumentParser.Option(
        name: .customLong("key-file"),
        help: "File with 32 bytes in Base64 that the copy is sealed with. / 控えを暗号化する鍵（32 バイトの Base64）のファイル。"
    )
    var keyFile: String?

    func bytes() throws -> [UInt8]? { try keyFile.map { try Opening.key(in: $0) } }
}
