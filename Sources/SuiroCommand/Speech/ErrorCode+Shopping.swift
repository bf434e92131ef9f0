// What the catalogue and carts answer.
extension ErrorCode {
    static let shopping: [ErrorCode] = [
        ErrorCode(
            400013,
            404,
            meaning: (
                "The product is not known, or is not sold in that country.",
                "製品が見つからないか、その国では販売されていません。"
            ),
            advice: (
                "List the products of the country, and use an id from there.",
                "その国の製品を一覧し、その ID を使ってください。"
            )
        ),
        ErrorCode(
            400018,
            404,
            meaning: (
                "The product has no such SKU in that country.",
                "その国のこの製品に、指定された SKU はありません。"
            ),
            advice: (
                "List the product's SKUs, and use an id from there.",
                "製品の SKU を一覧し、その ID を使ってください。"
            )
        ),
        ErrorCode(
            400019,
            404,
            meaning: (
                "The SKU cannot be bought in that way.",
                "この SKU に、指定された購入方法はありません。"
            ),
            advice: (
                "List the SKU's availabilities, and use an id from there.",
                "SKU の購入方法を一覧し、その ID を使ってください。"
            )
        ),
        ErrorCode(
            400030,
            403,
            meaning: (
                "The target segment is not known.",
                "対象区分が正しくありません。"
            ),
            advice: (
                "Use commercial, education, government or nonprofit.",
                "commercial、education、government、nonprofit のいずれかを使ってください。"
            )
        ),
        ErrorCode(
            400036,
            403,
            meaning: (
                "The target view is not known.",
                "カタログの区分が正しくありません。"
            ),
            advice: (
                "Use a part of the catalog such as OnlineServices, MicrosoftAzure or Software.",
                "OnlineServices、MicrosoftAzure、Software などを使ってください。"
            )
        ),
        ErrorCode(
            800008,
            404,
            meaning: (
                "The cart is not known, is another partner's, or has not been ordered in time.",
                "カートが見つからないか、別のパートナーのもの、または期限内に注文されなかったものです。"
            ),
            advice: (
                "Make a new cart.",
                "新しいカートを作成してください。"
            )
        ),
        ErrorCode(
            800009,
            400,
            meaning: (
                "The cart has lines that cannot be bought as they stand.",
                "カートに、このままでは購入できない行があります。"
            ),
            advice: (
                "Read the error of each line, mend the cart, and check out again.",
                "各行のエラーを読み、カートを直してから、もう一度注文してください。"
            )
        ),
        ErrorCode(
            800065,
            400,
            meaning: (
                "The cart has been ordered already.",
                "カートはすでに注文済みです。"
            ),
            advice: (
                "Read the customer's orders; make a new cart to buy more.",
                "顧客の注文を確かめてください。追加で購入するには、新しいカートを作成します。"
            )
        ),
        ErrorCode(
            6000,
            400,
            meaning: (
                "The billing cycle of the order cannot be changed: not all of its subscriptions are active.",
                "有効でないサブスクリプションがあるため、注文の請求サイクルを変更できません。"
            ),
            advice: (
                "Reactivate what is suspended, then change the cycle.",
                "停止中のものを再開してから、サイクルを変更してください。"
            )
        ),
        ErrorCode(
            800041,
            400,
            meaning: (
                "The subscription has been activated already, or needs no activation.",
                "サブスクリプションはすでにアクティブ化されているか、アクティブ化が不要です。"
            ),
            advice: (
                "Nothing is left to do: the subscription can be used.",
                "必要な操作はありません。サブスクリプションはそのまま使えます。"
            )
        ),
        ErrorCode(
            800071,
            400,
            meaning: (
                "The order has no line of that number.",
                "注文に、その番号の行がありません。"
            ),
            advice: (
                "Read the order, and use the number of one of its lines.",
                "注文を読み取り、その行の番号を使ってください。"
            )
        ),
        ErrorCode(
            800097,
            400,
            meaning: (
                "The billing cycle cannot be changed to that.",
                "その請求サイクルには変更できません。"
            ),
            advice: (
                "Use a cycle that the price list has for the term of every line.",
                "すべての行の期間について、価格表にあるサイクルを使ってください。"
            )
        ),
        ErrorCode(
            800114,
            403,
            meaning: (
                "The Azure subscription is not one to which overage can be billed.",
                "超過料金を請求できる Azure サブスクリプションではありません。"
            ),
            advice: (
                "Name an Azure subscription that the partner sells to this customer.",
                "パートナーがこの顧客に販売している Azure サブスクリプションを指定してください。"
            )
        ),
        ErrorCode(
            800115,
            403,
            meaning: (
                "Another partner manages the customer's overage.",
                "顧客の超過料金は、別のパートナーが管理しています。"
            ),
            advice: (
                "Leave it to that partner.",
                "そのパートナーに任せてください。"
            )
        ),
        ErrorCode(
            800042,
            400,
            meaning: (
                "The operation is known, and this server does not do it.",
                "この操作は認識されますが、このサーバーでは行いません。"
            ),
            advice: (
                "Read the description: it says what to use instead. The page of compatibility lists every operation.",
                "説明に、代わりに使うものが示されます。すべての操作は互換性のページにあります。"
            )
        ),
        ErrorCode(
            800018,
            400,
            meaning: (
                "The sandbox is set to the limits of the vendor's own, and one of them is reached.",
                "サンドボックスに提供元と同じ上限が設定されていて、その一つに達しました。"
            ),
            advice: (
                "Delete what is no longer needed, reset the sandbox, or set its limits anew.",
                "不要なものを削除するか、サンドボックスをリセットするか、上限を設定し直してください。"
            )
        ),
    ]
}
