extension ErrorCode {
    /// Azure plans, upgrades to them, and what is used beyond what was bought.
    static let azure: [ErrorCode] = [
        ErrorCode(
            800068,
            403,
            meaning: (
                "The partner has as many Azure subscriptions as are allowed.",
                "パートナーの Azure サブスクリプション数が上限に達しています。"
            ),
            advice: (
                "Cancel one that nobody uses, or ask for a higher limit.",
                "使われていないものを取り消すか、上限の引き上げを依頼してください。"
            )
        ),
        ErrorCode(
            800112,
            403,
            meaning: (
                "Overage cannot be set, because the customer has Azure subscriptions of the older kind.",
                "顧客に以前の種類の Azure サブスクリプションがあるため、超過分の設定はできません。"
            ),
            advice: (
                "Upgrade these to an Azure plan first.",
                "先に Azure プランへアップグレードしてください。"
            )
        ),
        ErrorCode(
            900105,
            403,
            meaning: (
                "Suspended Azure subscriptions stand in the way of the move to an Azure plan.",
                "一時停止中の Azure サブスクリプションがあるため、Azure プランに切り替えられません。"
            ),
            advice: (
                "Activate or cancel them, then try again.",
                "有効にするか取り消してから、やり直してください。"
            )
        ),
        ErrorCode(
            900107,
            400,
            meaning: (
                "The catalog lacks the Azure item that the upgrade needs.",
                "アップグレードに必要な Azure の品目がカタログにありません。"
            ),
            advice: (
                "Check that Azure plans are sold in the customer's country.",
                "顧客の国で Azure プランが販売されていることを確かめてください。"
            )
        ),
        ErrorCode(
            900109,
            409,
            meaning: (
                "The upgrade that the answer names is running already.",
                "応答に示されたアップグレードは、すでに進行中です。"
            ),
            advice: (
                "Wait, and read the status of that upgrade.",
                "少し待ち、そのアップグレードの状態を読んでください。"
            )
        ),
        ErrorCode(
            900112,
            409,
            meaning: (
                "Nothing of this kind can be bought, because the upgrade that the answer names has yet to begin.",
                "応答に示されたアップグレードが開始待ちのため、購入できません。"
            ),
            advice: (
                "Wait until the upgrade is done, then buy.",
                "アップグレードが完了してから購入してください。"
            )
        ),
        ErrorCode(
            900113,
            409,
            meaning: (
                "Nothing of this kind can be bought, because the upgrade that the answer names is running.",
                "応答に示されたアップグレードが進行中のため、購入できません。"
            ),
            advice: (
                "Wait until the upgrade is done, then buy.",
                "アップグレードが完了してから購入してください。"
            )
        ),
        ErrorCode(
            900114,
            409,
            meaning: (
                "Nothing of this kind can be bought, because the upgrade that the answer names has failed.",
                "応答に示されたアップグレードが失敗しているため、購入できません。"
            ),
            advice: (
                "Start the upgrade again, and buy when it is done.",
                "アップグレードをやり直し、完了してから購入してください。"
            )
        ),
        ErrorCode(
            900116,
            400,
            meaning: (
                "The sandbox account has as many Azure plans as a sandbox may.",
                "サンドボックスのアカウントの Azure プラン数が上限に達しています。"
            ),
            advice: (
                "Cancel one that is no longer needed for tests.",
                "テストに不要になったものを取り消してください。"
            )
        ),
        ErrorCode(
            900118,
            400,
            meaning: (
                "The customer id is not valid.",
                "顧客の ID が正しくありません。"
            ),
            advice: (
                "List your customers, and use an id from there.",
                "顧客を一覧し、その ID を使ってください。"
            )
        ),
        ErrorCode(
            900119,
            403,
            meaning: (
                "Azure subscriptions of Partner Shared Services cannot be upgraded to an Azure plan.",
                "パートナー共有サービスの Azure サブスクリプションは、Azure プランへアップグレードできません。"
            ),
            advice: (
                "Leave them as they are, and order an Azure plan for new services.",
                "そのまま使い、新しいサービスには Azure プランを注文してください。"
            )
        ),
        ErrorCode(
            900120,
            403,
            meaning: (
                "The upgrade of the Azure subscriptions was refused; the eligibility tells why.",
                "Azure サブスクリプションのアップグレードが認められませんでした。理由はアップグレードの可否に示されます。"
            ),
            advice: (
                "Read the eligibility, and put right what it names.",
                "アップグレードの可否を読み、示された問題を解消してください。"
            )
        ),
        ErrorCode(
            900128,
            400,
            meaning: (
                "A SaaS product that is charged by use needs an Azure plan, and the customer has none.",
                "使用量で課金される SaaS 製品には Azure プランが必要ですが、顧客にはありません。"
            ),
            advice: (
                "Order an Azure plan first, then the product.",
                "先に Azure プランを注文し、その後で製品を注文してください。"
            )
        ),
        ErrorCode(
            900129,
            400,
            meaning: (
                "The Azure plan is not known, or has no active subscription.",
                "Azure プランが見つからないか、有効なサブスクリプションがありません。"
            ),
            advice: (
                "Check the id of the plan, and activate or create a subscription in it.",
                "プランの ID を確かめ、その中のサブスクリプションを有効にするか作成してください。"
            )
        ),
        ErrorCode(
            900130,
            403,
            meaning: (
                "Azure subscriptions that were bought a short while ago cannot be moved yet.",
                "購入して間もない Azure サブスクリプションは、まだ移せません。"
            ),
            advice: (
                "Try again some days after the purchase.",
                "購入から数日たってから、やり直してください。"
            )
        ),
    ]
}
