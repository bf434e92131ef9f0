import FoundationEssentials

extension [UInt8] {
    package var base64: String { Data(self).base64EncodedString() }

    /// As URLs and tokens write it: no padding, `-` and `_`.
    package var base64URL: String {
        base64.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}

extension String {
    package var base64Decoded: [UInt8]? { Data(base64Encoded: self).map(Array.init) }

    /// Reads canonical base64url only: one text, one meaning.
    package var base64URLDecoded: [UInt8]? {
        guard utf8.allSatisfy({ $0 != 43 && $0 != 47 && $0 != 61 }) else { return nil }
        let standard = replacing("-", with: "+").replacing("_", with: "/")
        let padded = standard + String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
        guard let bytes = padded.base64Decoded, bytes.base64URL == self else { return nil }
        return bytes
    }
}
