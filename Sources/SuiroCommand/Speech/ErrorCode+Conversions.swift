extension ErrorCode {
    /// Numbers inside answers that succeed: of upgrades, transitions, conversions, migrations.
    /// One may mean two things.
    static let conversions: [ErrorCode] = [
        ErrorCode(
            0,
            501,
            meaning: (
                "The service met a fault that has no code. Inside an answer that succeeds: a reason not listed.",
                "サービスで分類できない障害が起きました。成功の応答の中では、分類にない理由を表します。"
            ),
            advice: (
                "Repeat the request later, and report its MS-CorrelationId if the fault stays.",
                "しばらくしてからやり直し、解消しないときは MS-CorrelationId を添えて報告してください。"
            )
        ),
        ErrorCode(
            1,
            200,
            meaning: (
                "The partner has no delegated administration of the customer. Of a conversion: there is none.",
                "パートナーに顧客の代理管理の権限がありません。変換の場合は、変換先がないことを表します。"
            ),
            advice: (
                "Ask the customer for delegated administration; keep the trial if it has no conversion.",
                "顧客に代理管理の権限を求め、変換先がない試用版はそのまま使ってください。"
            )
        ),
        ErrorCode(
            2,
            200,
            meaning: (
                "The subscription is not active, so it cannot be upgraded.",
                "サブスクリプションが有効ではないため、アップグレードできません。"
            ),
            advice: (
                "Activate the subscription first.",
                "先にサブスクリプションを有効にしてください。"
            )
        ),
        ErrorCode(
            3,
            200,
            meaning: (
                "The customer holds services that conflict with those of the target.",
                "顧客が持つサービスが、アップグレード先のサービスと競合しています。"
            ),
            advice: (
                "Choose another target, or end the service that conflicts.",
                "別のアップグレード先を選ぶか、競合するサービスを終了してください。"
            )
        ),
        ErrorCode(
            4,
            200,
            meaning: (
                "Another change to the same subscription is under way.",
                "同じサブスクリプションに対する別の変更が進行中です。"
            ),
            advice: (
                "Wait until the other change is done, and ask again.",
                "別の変更が完了してから、もう一度要求してください。"
            )
        ),
        ErrorCode(
            5,
            200,
            meaning: (
                "A person has to be signed in. Of a migration: new commerce has no offer yet that matches this one.",
                "利用者によるサインインが必要です。切り替えの場合は、対応する新しいコマースのオファーがまだありません。"
            ),
            advice: (
                "Use the token of a person; leave a subscription that cannot migrate as it is.",
                "利用者のトークンを使い、切り替えられないサブスクリプションはそのままにしてください。"
            )
        ),
        ErrorCode(
            6,
            200,
            meaning: (
                "The subscription has add-ons, which cannot come along.",
                "サブスクリプションに、引き継げないアドオンが付いています。"
            ),
            advice: (
                "Cancel the add-ons first, and order them again for the target.",
                "先にアドオンを取り消し、アップグレード先で注文し直してください。"
            )
        ),
        ErrorCode(
            7,
            200,
            meaning: (
                "There is nothing that the subscription can be upgraded to.",
                "サブスクリプションには、アップグレード先がありません。"
            ),
            advice: (
                "Order the other product, and cancel this subscription when users have moved.",
                "別の製品を注文し、ユーザーを移してからこのサブスクリプションを取り消してください。"
            )
        ),
        ErrorCode(
            8,
            200,
            meaning: (
                "The target offer is not in the catalog of the customer's country.",
                "アップグレード先のオファーが、顧客の国のカタログにありません。"
            ),
            advice: (
                "Read the upgrades or transitions of the subscription, and choose one of them.",
                "サブスクリプションのアップグレード先を読み、その中から選んでください。"
            )
        ),
        ErrorCode(
            9,
            200,
            meaning: (
                "The subscription has not been provisioned yet.",
                "サブスクリプションのプロビジョニングが完了していません。"
            ),
            advice: (
                "Wait until its provisioning status says that it is done.",
                "プロビジョニングの状態が完了になるまで待ってください。"
            )
        ),
        ErrorCode(
            10,
            200,
            meaning: (
                "The target offer is not sold with the billing cycle that the subscription has.",
                "アップグレード先のオファーは、サブスクリプションの請求サイクルでは販売されていません。"
            ),
            advice: (
                "Change the billing cycle first, or choose another target.",
                "先に請求サイクルを変更するか、別のアップグレード先を選んでください。"
            )
        ),
        ErrorCode(
            11,
            200,
            meaning: (
                "The granular permissions do not suffice for the upgrade. Of a transition: there is none.",
                "アップグレードに必要な、きめ細かい権限が足りません。プランの切り替えの場合は、切り替え先がありません。"
            ),
            advice: (
                "Have the missing roles approved and assigned; without a target, leave the subscription as it is.",
                "足りないロールの承認と割り当てを受け、切り替え先がなければそのままにしてください。"
            )
        ),
        ErrorCode(
            12,
            200,
            meaning: (
                "The licenses of the users could not be moved to the new plan.",
                "ユーザーのライセンスを新しいプランに移せませんでした。"
            ),
            advice: (
                "Read the licenses of the users, and assign those of the new plan yourself.",
                "ユーザーのライセンスを読み、新しいプランのものを割り当て直してください。"
            )
        ),
        ErrorCode(
            13,
            200,
            meaning: (
                "The partner's granular permissions do not suffice for the transition.",
                "プランの切り替えに必要な、パートナーのきめ細かい権限が足りません。"
            ),
            advice: (
                "Have the missing roles approved by the customer and assigned to the caller's group.",
                "足りないロールを顧客に承認してもらい、呼び出し元のグループに割り当ててください。"
            )
        ),
    ]
}
