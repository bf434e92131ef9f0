extension ErrorCode {
    /// Why a subscription does not change as was asked.
    static let subscriptions: [ErrorCode] = [
        ErrorCode(
            2002,
            400,
            meaning: (
                "The quantity is below the least or above the most that the offer allows.",
                "数量がオファーの最小値を下回るか、最大値を超えています。"
            ),
            advice: (
                "Read the limits of the offer, and ask for a quantity between them.",
                "オファーの上限と下限を読み、その範囲の数量を要求してください。"
            )
        ),
        ErrorCode(
            2006,
            400,
            meaning: (
                "The offer does not let its subscriptions change. With status 403: the partner may not sell it.",
                "オファーがサブスクリプションの変更を認めていません。403 の場合は、パートナーがオファーを販売できません。"
            ),
            advice: (
                "Order another offer that can be changed, and that you may sell.",
                "変更でき、自社が販売できる別のオファーを注文してください。"
            )
        ),
        ErrorCode(
            2011,
            400,
            meaning: (
                "The subscription has been deleted, so it cannot be changed any more.",
                "サブスクリプションは削除されているため、変更できません。"
            ),
            advice: (
                "Order it anew.",
                "新しく注文してください。"
            )
        ),
        ErrorCode(
            2012,
            400,
            meaning: (
                "The subscription as it was sold and the one in the customer's directory cannot be matched.",
                "販売されたサブスクリプションと、顧客のディレクトリにあるサブスクリプションを対応付けられません。"
            ),
            advice: (
                "Try again later, and contact support if they stay apart.",
                "しばらくしてからやり直し、解消しないときはサポートに問い合わせてください。"
            )
        ),
        ErrorCode(
            800007,
            404,
            meaning: (
                "Nothing is known yet about how the subscription is being provisioned.",
                "サブスクリプションのプロビジョニングの情報がまだありません。"
            ),
            advice: (
                "Wait a few minutes after the order, then ask again.",
                "注文の後、数分待ってから確かめてください。"
            )
        ),
        ErrorCode(
            800013,
            400,
            meaning: (
                "The Azure subscription is not enabled for reservations.",
                "Azure サブスクリプションは、予約を購入できる状態ではありません。"
            ),
            advice: (
                "Register it for reservations, or use another subscription.",
                "予約用に登録するか、別のサブスクリプションを使ってください。"
            )
        ),
        ErrorCode(
            800021,
            400,
            meaning: (
                "The id is not that of a subscription, or not in its form.",
                "ID がサブスクリプションのものではないか、形式が正しくありません。"
            ),
            advice: (
                "List the customer's subscriptions, and use an id from there.",
                "顧客のサブスクリプションを一覧し、その ID を使ってください。"
            )
        ),
        ErrorCode(
            800022,
            400,
            meaning: (
                "Whether the subscription is eligible could not be found out.",
                "サブスクリプションが条件を満たすかどうかを判定できませんでした。"
            ),
            advice: (
                "Contact support with the MS-CorrelationId.",
                "MS-CorrelationId を添えてサポートに問い合わせてください。"
            )
        ),
        ErrorCode(
            800026,
            400,
            meaning: (
                "The item is not eligible for what was asked.",
                "品目は、要求された操作の対象ではありません。"
            ),
            advice: (
                "Read what the item allows, and ask for one of those.",
                "品目で可能な操作を読み、その中から要求してください。"
            )
        ),
        ErrorCode(
            800027,
            403,
            meaning: (
                "The quantity of this item is fixed, so it can be neither raised nor lowered.",
                "この品目の数量は固定されており、増減できません。"
            ),
            advice: (
                "Order another one for more, or cancel this one for less.",
                "増やすには別に注文し、減らすには取り消してください。"
            )
        ),
        ErrorCode(
            800029,
            400,
            meaning: (
                "The add-on does not belong to the subscription that was named as its base.",
                "アドオンは、基本として指定されたサブスクリプションに対応していません。"
            ),
            advice: (
                "Name a subscription whose offer lists the add-on.",
                "オファーの一覧にこのアドオンがあるサブスクリプションを指定してください。"
            )
        ),
        ErrorCode(
            800030,
            400,
            meaning: (
                "The subscription is not registered for the service that was asked for.",
                "サブスクリプションは、要求されたサービスに登録されていません。"
            ),
            advice: (
                "Register it, and wait until its registration status says that it is done.",
                "登録し、登録の状態が完了になるまで待ってください。"
            )
        ),
        ErrorCode(
            800037,
            404,
            meaning: (
                "The asset that stands behind the subscription is not known.",
                "サブスクリプションのもとになる資産が見つかりません。"
            ),
            advice: (
                "Check the id of the subscription, and try again later.",
                "サブスクリプションの ID を確かめ、しばらくしてからやり直してください。"
            )
        ),
        ErrorCode(
            800038,
            404,
            meaning: (
                "It is not known how the asset will be billed in the future.",
                "資産の今後の請求についての情報が見つかりません。"
            ),
            advice: (
                "Ask again after the next billing date.",
                "次の請求日の後に確かめてください。"
            )
        ),
        ErrorCode(
            800040,
            400,
            meaning: (
                "The status that the asset has cannot become the one that was asked for.",
                "資産の現在の状態から、要求された状態には変更できません。"
            ),
            advice: (
                "Read the subscription, and ask for a status that can follow the present one.",
                "サブスクリプションを読み、現在の状態から変更できる状態を要求してください。"
            )
        ),
        ErrorCode(
            800076,
            404,
            meaning: (
                "No history of the subscription is known.",
                "サブスクリプションの履歴が見つかりません。"
            ),
            advice: (
                "Check the ids of the customer and the subscription.",
                "顧客とサブスクリプションの ID を確かめてください。"
            )
        ),
        ErrorCode(
            800077,
            403,
            meaning: (
                "A SaaS subscription that is sold by seats is not cancelled through its order.",
                "ライセンス数で販売される SaaS のサブスクリプションは、注文からは取り消せません。"
            ),
            advice: (
                "Cancel it by a PATCH of the subscription.",
                "PATCH でサブスクリプションを取り消してください。"
            )
        ),
        ErrorCode(
            800081,
            400,
            meaning: (
                "The subscription has to be active before it can be changed.",
                "変更するには、サブスクリプションが有効である必要があります。"
            ),
            advice: (
                "Activate it first, then repeat the change.",
                "先に有効にしてから、変更をやり直してください。"
            )
        ),
        ErrorCode(
            800082,
            400,
            meaning: (
                "The subscription is not ready yet, because its provisioning goes on.",
                "プロビジョニングが続いているため、サブスクリプションはまだ準備できていません。"
            ),
            advice: (
                "Wait a few minutes, then repeat the request.",
                "数分待ってから、要求をやり直してください。"
            )
        ),
        ErrorCode(
            800085,
            400,
            meaning: (
                "The billing cycle of the subscription differs from that of its order.",
                "サブスクリプションの請求サイクルが、注文の請求サイクルと異なります。"
            ),
            advice: (
                "Send the billing cycle that the order has.",
                "注文と同じ請求サイクルを送ってください。"
            )
        ),
        ErrorCode(
            800091,
            400,
            meaning: (
                "The subscription is suspended, so nothing else of it can be changed.",
                "サブスクリプションは中断されているため、ほかの変更はできません。"
            ),
            advice: (
                "Activate it first, then repeat the change.",
                "先に有効にしてから、変更をやり直してください。"
            )
        ),
        ErrorCode(
            800092,
            400,
            meaning: (
                "The seats cannot be raised, because Software Assurance goes with the subscription.",
                "サブスクリプションにソフトウェア アシュアランスが付いているため、ライセンス数を増やせません。"
            ),
            advice: (
                "Order the additional seats as a subscription of their own.",
                "追加のライセンスを別のサブスクリプションとして注文してください。"
            )
        ),
        ErrorCode(
            800094,
            500,
            meaning: (
                "The change of the subscription failed because of a fault in the service.",
                "サービスの障害のため、サブスクリプションの変更に失敗しました。"
            ),
            advice: (
                "Read the subscription, and repeat the change if it was not made.",
                "サブスクリプションを読み、変更されていなければやり直してください。"
            )
        ),
        ErrorCode(
            800095,
            400,
            meaning: (
                "The number of seats cannot be changed on this subscription.",
                "このサブスクリプションでは、ライセンス数を変更できません。"
            ),
            advice: (
                "Order another subscription, or wait for the renewal.",
                "別のサブスクリプションを注文するか、更新を待ってください。"
            )
        ),
        ErrorCode(
            800098,
            400,
            meaning: (
                "The partner on record of this subscription cannot be changed.",
                "このサブスクリプションの登録パートナーは変更できません。"
            ),
            advice: (
                "Leave the partner on record as it is in the request.",
                "要求では、登録パートナーを元の値のままにしてください。"
            )
        ),
        ErrorCode(
            900140,
            404,
            meaning: (
                "The subscriptions in the directory of the tenant cannot be read now; the answer names tenant and id.",
                "テナントのディレクトリにあるサブスクリプションを取得できません。テナントと ID は応答に示されます。"
            ),
            advice: (
                "Check both ids, and try again later.",
                "両方の ID を確かめ、しばらくしてからやり直してください。"
            )
        ),
        ErrorCode(
            900192,
            500,
            meaning: (
                "The service failed for a moment.",
                "サービスで一時的な障害が起きました。"
            ),
            advice: (
                "Repeat the request after a short while.",
                "少し待ってから、要求をやり直してください。"
            )
        ),
    ]
}
