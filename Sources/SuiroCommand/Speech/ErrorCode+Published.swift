// Codes of the vendor's table that this server does not answer itself. A program may still meet them at the vendor.
extension ErrorCode {
    /// What to do about a code, where many have the same answer.
    private enum Remedy: String {
        case request, state, other, vendor, wait, agree

        var sentences: (en: String, ja: String) {
            switch self {
            case .request: ("Change the request, and send it again.", "要求の内容を直して、送り直してください。")
            case .state:
                ("Read the resource anew, and act on the state it is in.", "リソースを読み直し、その状態に合った操作をしてください。")
            case .other: ("Choose another product, term or way that is offered.", "提供されている別の製品、期間、または方法を選んでください。")
            case .vendor: ("Only the vendor can settle it: ask its support.", "解決できるのは提供元だけです。サポートに問い合わせてください。")
            case .wait:
                (
                    "Send the same request again later, with the same MS-RequestId.",
                    "同じ MS-RequestId で、あとから同じ要求を送り直してください。"
                )
            case .agree: ("Have the agreement signed first.", "先に契約に署名してもらってください。")
            }
        }
    }

    static let published: [ErrorCode] = parse(orderCodes + subscriptionCodes + transferCodes + otherCodes)

    /// Two lines a code: number, status, remedy and the English sentence; then the Japanese one.
    private static func parse(_ text: String) -> [ErrorCode] {
        let lines = text.split(separator: "\n").map(String.init)
        return stride(from: 0, to: lines.count - 1, by: 2).compactMap { index in
            let parts = lines[index].split(separator: " ", maxSplits: 3).map(String.init)
            guard parts.count == 4, let code = Int(parts[0]), let status = Int(parts[1]),
                let remedy = Remedy(rawValue: parts[2])
            else { return nil }
            let japanese = lines[index + 1].drop { $0 == " " }
            return ErrorCode(code, status, meaning: (parts[3], String(japanese)), advice: remedy.sentences)
        }
    }

    private static let orderCodes = """
        2006 400 other The offer does not allow changes to its subscriptions, or this partner may not sell it (403).
          このオファーのサブスクリプションは変更できないか、このパートナーは販売できません（403）。
        2054 400 request The billing cycle is changed through the order, not through the subscription.
          請求サイクルは、サブスクリプションではなく注文を通じて変更します。
        2085 403 other The customer or the partner is not eligible for the offer.
          顧客またはパートナーは、このオファーの対象ではありません。
        2091 403 other The offer is not sold any more.
          このオファーの販売は終了しています。
        2100 400 request The offer's id belongs to the catalog of products and SKUs, and not to the older one of offers.
          この ID は、以前のオファーのカタログではなく、製品と SKU のカタログのものです。
        4018 400 vendor The order cannot be processed.
          注文を処理できません。
        6001 400 other The cycle cannot be changed, because something in the order is not billed in that way.
          注文に含まれるオファーの一つが、その請求サイクルに対応していません。
        27006 400 other The offer has been used as often as it may be.
          このオファーは、使用できる回数に達しています。
        27007 400 request The promotion code is not valid.
          プロモーション コードが有効ではありません。
        400072 200 other The item is not offered any more; the code comes with a successful answer.
          この品目の販売は終了しています。このコードは成功の応答とともに返ります。
        800005 500 wait The order could not be made.
          注文を作成できませんでした。
        800007 404 wait There are no data of provisioning for it yet.
          プロビジョニングの情報は、まだありません。
        800010 400 other There is nothing left of the item.
          この品目の在庫がありません。
        800014 409 wait A change of the order is still being carried out.
          注文の変更が、まだ処理されています。
        800017 400 request The quantity cannot be had.
          指定された数量は用意できません。
        800022 400 vendor It could not be found out whether the customer is eligible.
          顧客が対象かどうかを確認できませんでした。
        800023 403 vendor The partner's line of credit does not reach.
          パートナーの与信枠が足りません。
        800025 400 vendor The partner's line of credit does not reach.
          パートナーの与信枠が足りません。
        800026 400 other The customer or the item is not eligible.
          顧客または品目が対象ではありません。
        800027 403 other The quantity of the item cannot be changed.
          この品目の数量は変更できません。
        800028 403 other The first term is not sold any more.
          最初の期間の販売は終了しています。
        800029 400 request The add-on does not belong to the product that it was ordered for.
          このアドオンは、指定された親の製品のものではありません。
        800031 500 vendor The system that the purchase belongs to is not supported.
          購入先のシステムに対応していません。
        800036 417 state A condition of the request does not hold.
          要求の前提条件が満たされていません。
        800043 403 vendor The partner may not see prices.
          パートナーには価格を見る権限がありません。
        800060 409 wait The same order is being carried out already.
          同じ注文が、すでに処理されています。
        800061 400 state The order cannot be canceled.
          この注文は取り消せません。
        800063 400 request The order cannot be canceled; its subscriptions can be suspended.
          この注文は取り消せません。サブスクリプションの一時停止はできます。
        800064 409 wait The cart is in use by another request.
          このカートは、別の要求で使われています。
        800070 400 other The offer is not sold in the customer's country.
          このオファーは、顧客の国では販売されていません。
        800083 500 vendor The item has several included quantities, of which none could be chosen.
          品目に含まれる数量が複数あり、選べませんでした。
        800084 500 vendor The duration of the item is not supported.
          品目の期間に対応していません。
        800087 500 wait A line of the order could not be worked on.
          注文の明細を処理できませんでした。
        800088 403 request Fewer seats are left for the item than were asked for.
          この品目の残りのシートは、要求された数より少なくなっています。
        800089 403 request Fewer assets are left than were asked for.
          残りの数量は、要求された数より少なくなっています。
        900203 400 request The item needs an attestation that was not given.
          この品目に必要な証明がありません。
        10000 400 request A line of the cart has a currency that is not supported; it comes inside a successful answer.
          カートの明細の通貨に対応していません。成功の応答の中で返ります。
        10001 400 request A line of the cart names an item that is not valid; it comes inside a successful answer.
          カートの明細の品目が有効ではありません。成功の応答の中で返ります。
        10002 400 request The quota for a line of the cart is used up; it comes inside a successful answer.
          カートの明細の割り当てが残っていません。成功の応答の中で返ります。
        10003 400 other Nothing is left of what a line of the cart asks for; it comes inside a successful answer.
          カートの明細の在庫がありません。成功の応答の中で返ります。
        10004 400 request The partner may name no such participant in a cart; it comes inside a successful answer.
          このパートナーは、カートに参加者を指定できません。成功の応答の中で返ります。
        10006 400 request A line of the cart could not be worked on; it comes inside a successful answer.
          カートの明細を処理できませんでした。成功の応答の中で返ります。
        10007 400 request A line of the cart names a subscription that is not valid; it comes inside a successful answer.
          カートの明細のサブスクリプションが有効ではありません。成功の応答の中で返ります。
        10008 400 request The subscription of a line is not set up for reservations; it comes inside a successful answer.
          明細のサブスクリプションは予約に対応していません。成功の応答の中で返ります。
        10009 400 state A line of the cart goes over a limit of the sandbox; it comes inside a successful answer.
          カートの明細がサンドボックスの上限を超えています。成功の応答の中で返ります。
        10010 400 request A line of the cart has input that is not valid; it comes inside a successful answer.
          カートの明細の入力が正しくありません。成功の応答の中で返ります。
        10011 400 state The subscription of a line is not registered; it comes inside a successful answer.
          明細のサブスクリプションが登録されていません。成功の応答の中で返ります。
        10012 400 request The attestation that a line needs is not accepted; it comes inside a successful answer.
          明細に必要な証明が受け入れられていません。成功の応答の中で返ります。

        """
}
