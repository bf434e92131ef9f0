extension ErrorCode {
    /// Why subscriptions do not pass from one partner to another.
    static let transfers: [ErrorCode] = [
        ErrorCode(
            800078,
            400,
            meaning: (
                "A subscription of the transfer is not valid: not the customer's, not active, or not transferable.",
                "譲渡するサブスクリプションが正しくありません。顧客のものではないか、有効でないか、譲渡の対象外です。"
            ),
            advice: (
                "Take it out of the transfer, or put it right first.",
                "譲渡から外すか、先に状態を整えてください。"
            )
        ),
        ErrorCode(
            900100,
            404,
            meaning: (
                "The transfer is not known, or the caller has no part in it.",
                "譲渡が見つからないか、呼び出し元が当事者ではありません。"
            ),
            advice: (
                "List the customer's transfers, and use an id from there.",
                "顧客の譲渡を一覧し、その ID を使ってください。"
            )
        ),
        ErrorCode(
            900103,
            500,
            meaning: (
                "The order that carries the transfer out failed.",
                "譲渡を実行する注文に失敗しました。"
            ),
            advice: (
                "Read the transfer, and accept it again if nothing has moved.",
                "譲渡を読み、何も移っていなければ、もう一度承認してください。"
            )
        ),
        ErrorCode(
            900131,
            400,
            meaning: (
                "The transfer is refused, because the customer has Azure subscriptions of the older kind.",
                "顧客に以前の種類の Azure サブスクリプションがあるため、譲渡できません。"
            ),
            advice: (
                "Upgrade these to an Azure plan first, or leave them out.",
                "先に Azure プランへアップグレードするか、譲渡から外してください。"
            )
        ),
        ErrorCode(
            900132,
            400,
            meaning: (
                "The transfer is refused, because the Azure plan is not active.",
                "Azure プランが有効でないため、譲渡できません。"
            ),
            advice: (
                "Activate the Azure plan first.",
                "先に Azure プランを有効にしてください。"
            )
        ),
        ErrorCode(
            900133,
            400,
            meaning: (
                "The transfer is refused, because an Azure plan is missing to take the Azure subscriptions.",
                "Azure サブスクリプションを受け入れる Azure プランがないため、譲渡できません。"
            ),
            advice: (
                "Order an Azure plan for the customer, then accept again.",
                "顧客の Azure プランを注文し、もう一度承認してください。"
            )
        ),
        ErrorCode(
            900134,
            400,
            meaning: (
                "The transfer is refused, because the Azure plan that it needs cannot be bought here.",
                "譲渡に必要な Azure プランを購入できないため、譲渡できません。"
            ),
            advice: (
                "Check that you may sell Azure plans in the customer's country.",
                "顧客の国で Azure プランを販売できることを確かめてください。"
            )
        ),
        ErrorCode(
            900135,
            500,
            meaning: (
                "The transfer could not be started because of a fault in the service.",
                "サービスの障害のため、譲渡を開始できませんでした。"
            ),
            advice: (
                "Repeat the request after a short while.",
                "少し待ってから、要求をやり直してください。"
            )
        ),
        ErrorCode(
            900136,
            400,
            meaning: (
                "The request lacks the mail address or the domain of the partner that gives the subscriptions away.",
                "要求に、譲渡元のパートナーのメール アドレスまたはドメインがありません。"
            ),
            advice: (
                "Send the mail address or the domain of that partner.",
                "譲渡元のパートナーのメール アドレスまたはドメインを送ってください。"
            )
        ),
        ErrorCode(
            900137,
            403,
            meaning: (
                "One of the partners is not enabled for transfers; the answer names it.",
                "譲渡を利用できないパートナーがいます。該当するパートナーは応答に示されます。"
            ),
            advice: (
                "That partner has to have transfers enabled for its account.",
                "そのパートナーのアカウントで、譲渡を利用できるようにしてください。"
            )
        ),
        ErrorCode(
            900138,
            403,
            meaning: (
                "One of the partners works in a national cloud that knows no transfers; the answer names both.",
                "パートナーの国別クラウドでは譲渡を利用できません。パートナーとクラウドは応答に示されます。"
            ),
            advice: (
                "Let the customer buy anew from the other partner.",
                "顧客に、別のパートナーから購入し直してもらってください。"
            )
        ),
        ErrorCode(
            900139,
            403,
            meaning: (
                "The transfer cannot be accepted as it is, because it holds Azure subscriptions.",
                "譲渡に Azure サブスクリプションが含まれているため、このままでは承認できません。"
            ),
            advice: (
                "Ask the other partner for a transfer without them.",
                "相手のパートナーに、それらを除いた譲渡を依頼してください。"
            )
        ),
        ErrorCode(
            900145,
            400,
            meaning: (
                "The transfer is refused, because reservations of Azure do not go along.",
                "Azure の予約は引き継げないため、譲渡できません。"
            ),
            advice: (
                "Cancel the reservations, or let them end, before you ask again.",
                "予約を取り消すか終了を待ってから、もう一度要求してください。"
            )
        ),
        ErrorCode(
            900146,
            400,
            meaning: (
                "The transfer is refused, because products of other publishers in the marketplace do not go along.",
                "マーケットプレースの他社製品は引き継げないため、譲渡できません。"
            ),
            advice: (
                "Cancel these products, and buy them again through the new partner.",
                "それらの製品を取り消し、新しいパートナーを通じて購入し直してください。"
            )
        ),
        ErrorCode(
            900147,
            400,
            meaning: (
                "The domain that was given does not belong to the partner.",
                "指定されたドメインは、パートナーのものではありません。"
            ),
            advice: (
                "Give a domain that the partner has verified.",
                "パートナーが確認済みのドメインを指定してください。"
            )
        ),
        ErrorCode(
            900148,
            400,
            meaning: (
                "The partner that asks and the partner that gives away are the same.",
                "譲渡を求めるパートナーと譲渡元のパートナーが同じです。"
            ),
            advice: (
                "Name the other partner as the source.",
                "譲渡元に、別のパートナーを指定してください。"
            )
        ),
    ]
}
