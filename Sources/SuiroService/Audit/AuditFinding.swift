/// Something that is wrong with the log, or with its heads.
package struct AuditFinding: Hashable, Sendable {
    package enum Kind: String, Sendable {
        case badHash, gap, disorder, badFormat, missing, differsFromHead, badHead, badSignature, headGap, headDiffers
        case headMissing, badRoot, foreignCloud, noFile
    }

    package let kind: Kind
    /// The chain, or nothing where it is about heads.
    package let scope: String
    /// `customer:…#12`, or `head 3`.
    package let place: String

    init(_ kind: Kind, _ place: String, scope: String = "") {
        (self.kind, self.place, self.scope) = (kind, place, scope)
    }
}

extension AuditFinding.Kind {
    /// One sentence in each language, for those who have nothing but this program.
    package var text: String {
        switch self {
        case .badHash: "its hash is not that of its content / ハッシュが内容と一致しません"
        case .gap: "the entry before it is missing / 直前の記録がありません"
        case .disorder: "it stands in the wrong place / 順序が違います"
        case .badFormat: "its format is unknown / 形式が不明です"
        case .missing: "a signed head names it, and it is gone / 署名済みのヘッドにある記録がありません"
        case .differsFromHead: "it is not what the signed head says / 署名済みのヘッドと一致しません"
        case .badHead: "it cannot be read / 読み取れません"
        case .badSignature: "its signature is not valid / 署名が正しくありません"
        case .headGap: "it does not follow the head before it / 直前のヘッドにつながりません"
        case .headDiffers: "the witness has another one / 証人の控えと一致しません"
        case .headMissing: "the witness has it, the log does not / 証人の控えにあるヘッドがありません"
        case .badRoot: "its root is not that of the chains / ルートが連鎖と一致しません"
        case .foreignCloud: "it is of another cloud / 別のクラウドのものです"
        case .noFile: "the file does not begin like an export / 書き出したファイルの形ではありません"
        }
    }
}
