extension ErrorCode {
    /// What is wrong with a line of a cart, and with what may be bought.
    static let carts: [ErrorCode] = [
        ErrorCode(
            10000,
            201,
            meaning: (
                "The item of this cart line is not sold in the currency that was given.",
                "カートの明細の品目は、指定された通貨では販売されていません。"
            ),
            advice: (
                "Use the currency of the customer's country.",
                "顧客の国の通貨を指定してください。"
            )
        ),
        ErrorCode(
            10001,
            201,
            meaning: (
                "The catalog has no item with the id of this cart line for the customer's country.",
                "カートの明細の ID に当たる品目が、顧客の国のカタログにありません。"
            ),
            advice: (
                "Read the availabilities of the SKU, and use a catalog item id from there.",
                "SKU の購入方法を読み、その中のカタログ品目の ID を使ってください。"
            )
        ),
        ErrorCode(
            10002,
            201,
            meaning: (
                "The customer's quota does not cover the quantity of this cart line.",
                "カートの明細の数量が、顧客に認められた割り当てを超えています。"
            ),
            advice: (
                "Lower the quantity, or have the quota raised.",
                "数量を減らすか、割り当ての引き上げを依頼してください。"
            )
        ),
        ErrorCode(
            10003,
            201,
            meaning: (
                "Not enough of the item of this cart line is in stock.",
                "カートの明細の品目の在庫が足りません。"
            ),
            advice: (
                "Check the inventory, and lower the quantity or choose another item.",
                "在庫を確かめ、数量を減らすか別の品目を選んでください。"
            )
        ),
        ErrorCode(
            10004,
            201,
            meaning: (
                "This cart line names participants, such as a reseller, that this partner may not name.",
                "カートの明細に、このパートナーには指定できない参加者（リセラーなど）が含まれています。"
            ),
            advice: (
                "Leave the participants out, or name a reseller of yours that buys for this customer.",
                "参加者を省くか、この顧客の購入を担当する自社のリセラーを指定してください。"
            )
        ),
        ErrorCode(
            10006,
            201,
            meaning: (
                "This cart line could not be processed, for a reason that is not told.",
                "カートの明細を処理できませんでした。理由は示されません。"
            ),
            advice: (
                "Check the line, and send the cart again.",
                "明細を確かめ、カートを送り直してください。"
            )
        ),
        ErrorCode(
            10007,
            201,
            meaning: (
                "The subscription that this cart line refers to is not one of the customer's.",
                "カートの明細が参照するサブスクリプションは、この顧客のものではありません。"
            ),
            advice: (
                "List the customer's subscriptions, and use an id from there.",
                "顧客のサブスクリプションを一覧し、その ID を使ってください。"
            )
        ),
        ErrorCode(
            10008,
            201,
            meaning: (
                "The Azure subscription of this cart line is not enabled for reservations.",
                "カートの明細の Azure サブスクリプションは、予約を購入できる状態ではありません。"
            ),
            advice: (
                "Register the subscription for reservations, or use another one.",
                "サブスクリプションを予約用に登録するか、別のものを使ってください。"
            )
        ),
        ErrorCode(
            10009,
            201,
            meaning: (
                "The sandbox account has bought as much as a sandbox may.",
                "サンドボックスのアカウントで購入できる上限に達しています。"
            ),
            advice: (
                "Cancel purchases that are no longer needed for tests.",
                "テストに不要になった購入を取り消してください。"
            )
        ),
        ErrorCode(
            10010,
            201,
            meaning: (
                "A value of this cart line is invalid.",
                "カートの明細に、正しくない値があります。"
            ),
            advice: (
                "Correct the value that the line's error names.",
                "明細のエラーが示す値を直してください。"
            )
        ),
        ErrorCode(
            10011,
            201,
            meaning: (
                "The Azure subscription of this cart line is not registered for such purchases.",
                "カートの明細の Azure サブスクリプションは、この種類の購入用に登録されていません。"
            ),
            advice: (
                "Register the subscription, and wait until that is done.",
                "サブスクリプションを登録し、完了を待ってください。"
            )
        ),
        ErrorCode(
            10012,
            201,
            meaning: (
                "This cart line needs an attestation that has not been accepted.",
                "カートの明細に必要な証明が承諾されていません。"
            ),
            advice: (
                "Accept the attestation in the line, and send the cart again.",
                "明細で証明を承諾し、カートを送り直してください。"
            )
        ),
        ErrorCode(
            10013,
            201,
            meaning: (
                "The item of this cart line is not sold for this term and billing cycle.",
                "カートの明細の品目は、この契約期間と請求サイクルでは販売されていません。"
            ),
            advice: (
                "Choose a term and a billing cycle that the availability lists.",
                "購入方法に示された契約期間と請求サイクルを選んでください。"
            )
        ),
        ErrorCode(
            10014,
            201,
            meaning: (
                "The promotion of this cart line is not known, is over, or does not apply to the item.",
                "カートの明細のプロモーションが見つからないか、終了しているか、品目の対象外です。"
            ),
            advice: (
                "Leave the promotion out, or use one that the item takes.",
                "プロモーションを省くか、品目に使えるものを指定してください。"
            )
        ),
        ErrorCode(
            10015,
            201,
            meaning: (
                "This cart line would give the subscription more seats than one may have.",
                "カートの明細のライセンス数が、1 つのサブスクリプションの上限を超えます。"
            ),
            advice: (
                "Lower the quantity, or spread it over more than one subscription.",
                "数量を減らすか、複数のサブスクリプションに分けてください。"
            )
        ),
        ErrorCode(
            10016,
            201,
            meaning: (
                "The product of this cart line cannot end on a day of one's own choice.",
                "カートの明細の製品では、契約期間の終了日を指定できません。"
            ),
            advice: (
                "Leave the custom end date out.",
                "終了日の指定を省いてください。"
            )
        ),
        ErrorCode(
            10017,
            201,
            meaning: (
                "The end date of this cart line is not a day on which the term may end.",
                "カートの明細の終了日は、契約期間の終わりにできない日です。"
            ),
            advice: (
                "Use the end of a calendar month within the term, or the end date of another subscription.",
                "契約期間内の月末か、ほかのサブスクリプションの終了日を指定してください。"
            )
        ),
        ErrorCode(
            10018,
            201,
            meaning: (
                "The customer has too few seats of the base offer for the add-on of this cart line.",
                "カートの明細のアドオンに必要な、基本のオファーのライセンス数が足りません。"
            ),
            advice: (
                "Buy more seats of the base offer first, or together with the add-on.",
                "基本のオファーのライセンスを先に、またはアドオンと一緒に買い足してください。"
            )
        ),
        ErrorCode(
            10019,
            201,
            meaning: (
                "This cart line has fewer seats than the add-on has to be bought with.",
                "カートの明細の数量が、アドオンの購入に必要な数に達していません。"
            ),
            advice: (
                "Raise the quantity to the smallest one allowed.",
                "最小の数量以上に増やしてください。"
            )
        ),
        ErrorCode(
            400072,
            200,
            meaning: (
                "The item is no longer offered. The answer has a status of success all the same, and a link to help.",
                "品目の提供は終了しています。応答は成功の状態コードで返り、ヘルプへのリンクが付きます。"
            ),
            advice: (
                "Choose the item that has taken its place.",
                "後継の品目を選んでください。"
            )
        ),
        ErrorCode(
            500600,
            201,
            meaning: (
                "The item of this cart line is an offer of the older kind that this customer may no longer buy.",
                "カートの明細は以前の種類のオファーで、この顧客は新規に購入できません。"
            ),
            advice: (
                "Buy the offer of new commerce that has taken its place.",
                "代わりとなる新しいコマースのオファーを購入してください。"
            )
        ),
        ErrorCode(
            800010,
            400,
            meaning: (
                "There is no inventory left of the item.",
                "品目の在庫がありません。"
            ),
            advice: (
                "Check the inventory later, or choose another item.",
                "後で在庫を確かめるか、別の品目を選んでください。"
            )
        ),
        ErrorCode(
            800017,
            400,
            meaning: (
                "The quantity that was asked for is not available.",
                "要求された数量は利用できません。"
            ),
            advice: (
                "Lower the quantity to what is available.",
                "利用できる数量まで減らしてください。"
            )
        ),
        ErrorCode(
            800064,
            409,
            meaning: (
                "Another request is working on the same cart.",
                "別の要求が同じカートを処理しています。"
            ),
            advice: (
                "Wait a moment, read the cart again, and only then repeat the request.",
                "少し待ち、カートを読み直してから要求をやり直してください。"
            )
        ),
        ErrorCode(
            800088,
            403,
            meaning: (
                "Fewer seats of the catalog item are left than were asked for; the answer says how many.",
                "カタログ品目の残りのライセンス数が、要求された数より少なくなっています。残りの数は応答に示されます。"
            ),
            advice: (
                "Ask for no more seats than are left.",
                "残りの数以下を要求してください。"
            )
        ),
        ErrorCode(
            800089,
            403,
            meaning: (
                "Fewer assets are left than were asked for; the answer says how many.",
                "残りの資産の数が、要求された数より少なくなっています。残りの数は応答に示されます。"
            ),
            advice: (
                "Ask for no more than are left.",
                "残りの数以下を要求してください。"
            )
        ),
        ErrorCode(
            900142,
            400,
            meaning: (
                "The request has no id of a catalog item, so it is not known what to buy.",
                "要求にカタログ品目の ID がないため、購入するものを特定できません。"
            ),
            advice: (
                "Send the catalog item id of an availability.",
                "購入方法に示されたカタログ品目の ID を送ってください。"
            )
        ),
        ErrorCode(
            900143,
            400,
            meaning: (
                "What can be bought of the named product and SKU could not be read from the catalog.",
                "指定された製品と SKU の購入方法を、カタログから読み取れませんでした。"
            ),
            advice: (
                "Check the ids of the product and the SKU, and try again later.",
                "製品と SKU の ID を確かめ、しばらくしてからやり直してください。"
            )
        ),
        ErrorCode(
            900144,
            400,
            meaning: (
                "The request has no id of the SKU that is to be provisioned.",
                "要求に、プロビジョニングする SKU の ID がありません。"
            ),
            advice: (
                "Send the provisioning SKU id that the catalog gives.",
                "カタログに示されたプロビジョニング SKU の ID を送ってください。"
            )
        ),
        ErrorCode(
            900203,
            400,
            meaning: (
                "The catalog item may only be bought with an attestation, and the request has none.",
                "このカタログ品目の購入には証明が必要ですが、要求に含まれていません。"
            ),
            advice: (
                "Accept the attestation of the item, and send the request again.",
                "品目の証明を承諾し、要求を送り直してください。"
            )
        ),
    ]
}
