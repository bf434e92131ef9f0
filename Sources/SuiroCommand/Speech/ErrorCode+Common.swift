extension ErrorCode {
    /// Who may, what is there, what was wrong with the request.
    static let common: [ErrorCode] = [
        ErrorCode(
            400,
            401,
            meaning: (
                "The caller was not recognised: the token is missing, over, revoked or not for this service.",
                "呼び出し元を確認できませんでした。トークンがない、期限切れ、取り消し済み、またはこのサービス用ではありません。"
            ),
            advice: (
                "Get a new token and send it as `Authorization: Bearer …`.",
                "新しいトークンを取得し、`Authorization: Bearer …` で送ってください。"
            )
        ),
        ErrorCode(
            429,
            429,
            meaning: (
                "More requests came than the limit allows.",
                "要求の数が制限を超えました。"
            ),
            advice: (
                "Wait for the seconds in `Retry-After`, then send the request again.",
                "`Retry-After` の秒数だけ待ってから、もう一度送ってください。"
            )
        ),
        ErrorCode(
            1000,
            404,
            meaning: (
                "There is no such thing, or the caller may not know of it.",
                "対象がないか、呼び出し元には見えません。"
            ),
            advice: (
                "Check the path and the ids in it.",
                "パスとその中の ID を確かめてください。"
            )
        ),
        ErrorCode(
            2030,
            403,
            meaning: (
                "The partner is not set up to sell in the customer's country.",
                "パートナーは顧客の国で販売できません。"
            ),
            advice: (
                "Sell through a partner of that market.",
                "その市場のパートナーを通じて販売してください。"
            )
        ),
        ErrorCode(
            2032,
            403,
            meaning: (
                "The caller's role or kind of token does not allow this.",
                "呼び出し元のロールまたはトークンの種類では認められません。"
            ),
            advice: (
                "Use a person with the role that the answer names, or a token of the other kind.",
                "応答に示されたロールの利用者か、別の種類のトークンを使ってください。"
            )
        ),
        ErrorCode(
            2055,
            400,
            meaning: (
                "The etag is stale: somebody changed the resource after it was read.",
                "etag が古くなっています。読み取った後に、リソースが変更されました。"
            ),
            advice: (
                "Read the resource again, and repeat the change with its new etag.",
                "リソースを読み直し、新しい etag で変更をやり直してください。"
            )
        ),
        ErrorCode(
            3000,
            409,
            meaning: (
                "A value is invalid or already taken, or a request id came back with another body.",
                "値が無効か、すでに使われています。または、要求 ID が別の本文で再び使われました。"
            ),
            advice: (
                "Choose another value, or a new `MS-RequestId`.",
                "別の値か、新しい `MS-RequestId` を使ってください。"
            )
        ),
        ErrorCode(
            20000,
            404,
            meaning: (
                "The order is not known.",
                "注文が見つかりません。"
            ),
            advice: (
                "List the customer's orders, and use an id from there.",
                "顧客の注文を一覧し、その ID を使ってください。"
            )
        ),
        ErrorCode(
            20002,
            403,
            meaning: (
                "The partner and the customer have no relationship that allows this.",
                "パートナーと顧客の間に、これを認める関係がありません。"
            ),
            advice: (
                "Request a relationship, and let the customer accept it.",
                "関係を要求し、顧客に承認してもらってください。"
            )
        ),
        ErrorCode(
            20003,
            404,
            meaning: (
                "The subscription is not known.",
                "サブスクリプションが見つかりません。"
            ),
            advice: (
                "List the customer's subscriptions, and use an id from there.",
                "顧客のサブスクリプションを一覧し、その ID を使ってください。"
            )
        ),
        ErrorCode(
            27009,
            409,
            meaning: (
                "An add-on cannot become active while its base subscription is not.",
                "基本のサブスクリプションが有効でない間は、アドオンを有効にできません。"
            ),
            advice: (
                "Activate the base subscription first.",
                "先に基本のサブスクリプションを有効にしてください。"
            )
        ),
        ErrorCode(
            60002,
            404,
            meaning: (
                "The user is not known.",
                "ユーザーが見つかりません。"
            ),
            advice: (
                "List the customer's users, and use an id from there.",
                "顧客のユーザーを一覧し、その ID を使ってください。"
            )
        ),
        ErrorCode(
            60012,
            400,
            meaning: (
                "No licence of this product is left.",
                "この製品のライセンスは残っていません。"
            ),
            advice: (
                "Take a licence from another user, or buy more seats.",
                "ほかのユーザーのライセンスを外すか、ライセンスを買い足してください。"
            )
        ),
        ErrorCode(
            800002,
            400,
            meaning: (
                "The request cannot be read, or a value in it is wrong.",
                "要求を読み取れないか、値に誤りがあります。"
            ),
            advice: (
                "Correct the fields that `data` and `faults` name.",
                "`data` と `faults` が示す項目を直してください。"
            )
        ),
        ErrorCode(
            800003,
            500,
            meaning: (
                "The service could not finish, or is too busy.",
                "サービスが処理を完了できなかったか、混み合っています。"
            ),
            advice: (
                "Repeat the request with the same `MS-RequestId`; it acts only once.",
                "同じ `MS-RequestId` でもう一度送ってください。処理は 1 回だけ行われます。"
            )
        ),
        ErrorCode(
            800004,
            404,
            meaning: (
                "The offer id is not known.",
                "オファーの ID が正しくありません。"
            ),
            advice: (
                "List the offers of the country, and use an id from there.",
                "その国のオファーを一覧し、その ID を使ってください。"
            )
        ),
        ErrorCode(
            800011,
            400,
            meaning: (
                "The subscription is not one of Azure.",
                "Azure のサブスクリプションではありません。"
            ),
            advice: (
                "Use the id of an Azure subscription.",
                "Azure のサブスクリプションの ID を使ってください。"
            )
        ),
        ErrorCode(
            800012,
            400,
            meaning: (
                "The subscription is not active.",
                "サブスクリプションが有効ではありません。"
            ),
            advice: (
                "Activate it first.",
                "先に有効にしてください。"
            )
        ),
    ]
}
