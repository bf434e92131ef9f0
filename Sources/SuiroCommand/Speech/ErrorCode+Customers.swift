extension ErrorCode {
    /// Customers, their review and registration; sandbox resellers, devices, callers.
    static let customers: [ErrorCode] = [
        ErrorCode(
            808,
            200,
            meaning: (
                "A device of the batch was not taken, for instance because it belongs to another tenant.",
                "バッチの中に、登録できないデバイスがあります。たとえば、別のテナントに属しています。"
            ),
            advice: (
                "Have the device removed from the other tenant, and send it again.",
                "デバイスを別のテナントから削除してもらい、送り直してください。"
            )
        ),
        ErrorCode(
            1003,
            409,
            meaning: (
                "The tenant of the sandbox reseller could not be created, because one like it is already there.",
                "サンドボックスのリセラーのテナントを作成できません。すでに同じものがあります。"
            ),
            advice: (
                "Choose another domain, or use the reseller that is there.",
                "別のドメインを選ぶか、すでにあるリセラーを使ってください。"
            )
        ),
        ErrorCode(
            6002,
            401,
            meaning: (
                "The token was refused, or the account is not a sandbox account of an indirect provider.",
                "トークンが受け入れられないか、アカウントが間接プロバイダーのサンドボックスのものではありません。"
            ),
            advice: (
                "Sign in with a sandbox account of an indirect provider.",
                "間接プロバイダーのサンドボックスのアカウントでサインインしてください。"
            )
        ),
        ErrorCode(
            6003,
            403,
            meaning: (
                "This sandbox reseller may not be deleted by the caller.",
                "呼び出し元は、このサンドボックスのリセラーを削除できません。"
            ),
            advice: (
                "Use the account of the provider that created it.",
                "作成したプロバイダーのアカウントを使ってください。"
            )
        ),
        ErrorCode(
            6004,
            403,
            meaning: (
                "The caller may not create sandbox resellers, or has as many as are allowed.",
                "呼び出し元はサンドボックスのリセラーを作成できないか、作成できる数の上限に達しています。"
            ),
            advice: (
                "Check the account, and delete a reseller that is no longer needed.",
                "アカウントを確かめ、不要になったリセラーを削除してください。"
            )
        ),
        ErrorCode(
            60000,
            400,
            meaning: (
                "Licenses of the customer could not be moved from one product to another.",
                "顧客のライセンスを別の製品へ移せませんでした。"
            ),
            advice: (
                "Read the licenses of the users, and assign those that are missing.",
                "ユーザーのライセンスを読み、足りないものを割り当ててください。"
            )
        ),
        ErrorCode(
            60003,
            404,
            meaning: (
                "The customer's tenant is not known.",
                "顧客のテナントが見つかりません。"
            ),
            advice: (
                "List your customers, and use a tenant ID from there.",
                "顧客を一覧し、そのテナント ID を使ってください。"
            )
        ),
        ErrorCode(
            600002,
            400,
            meaning: (
                "The organization's registration number was given for a country where none is asked for.",
                "組織の登録番号が不要な国の顧客に、登録番号が指定されています。"
            ),
            advice: (
                "Leave `organizationRegistrationNumber` out.",
                "`organizationRegistrationNumber` を省いてください。"
            )
        ),
        ErrorCode(
            600039,
            404,
            meaning: (
                "The self-service policy is not known.",
                "セルフサービスのポリシーが見つかりません。"
            ),
            advice: (
                "List the self-service policies, and use an id from there.",
                "セルフサービスのポリシーを一覧し、その ID を使ってください。"
            )
        ),
        ErrorCode(
            600040,
            404,
            meaning: (
                "The identifier of the self-service policy is wrong: it does not fit the policy that was sent.",
                "セルフサービスのポリシーの識別子が誤っています。送られたポリシーと一致しません。"
            ),
            advice: (
                "Read the policy, and send its own id.",
                "ポリシーを読み、その ID を送ってください。"
            )
        ),
        ErrorCode(
            600041,
            409,
            meaning: (
                "There is already a self-service policy for this customer and permission.",
                "この顧客と権限についてのセルフサービスのポリシーは、すでにあります。"
            ),
            advice: (
                "Change or delete the policy that is there.",
                "既存のポリシーを変更するか削除してください。"
            )
        ),
        ErrorCode(
            600049,
            400,
            meaning: (
                "The customer's country asks for the organization's registration number, and it is missing.",
                "顧客の国では組織の登録番号が必要ですが、指定されていません。"
            ),
            advice: (
                "Send `organizationRegistrationNumber`.",
                "`organizationRegistrationNumber` を送ってください。"
            )
        ),
        ErrorCode(
            600050,
            400,
            meaning: (
                "The organization's registration number does not have the form that the country prescribes.",
                "組織の登録番号が、国の定める形式と一致しません。"
            ),
            advice: (
                "Correct the number to fit the pattern that the answer shows.",
                "応答に示された形式に合わせて番号を直してください。"
            )
        ),
        ErrorCode(
            600051,
            400,
            meaning: (
                "The customer's country asks for a telephone number in the billing profile, and it is missing.",
                "顧客の国では請求先プロファイルの電話番号が必要ですが、指定されていません。"
            ),
            advice: (
                "Send the telephone number of the billing address.",
                "請求先の住所に電話番号を付けて送ってください。"
            )
        ),
        ErrorCode(
            600074,
            404,
            meaning: (
                "Nothing is known about the review of this customer's account.",
                "この顧客のアカウントの審査についての情報がありません。"
            ),
            advice: (
                "Ask again later, once the review has begun.",
                "審査が始まってから、もう一度確かめてください。"
            )
        ),
        ErrorCode(
            800001,
            401,
            meaning: (
                "The token of the partner is missing.",
                "パートナーのトークンがありません。"
            ),
            advice: (
                "Get a token, and send it as `Authorization: Bearer …`.",
                "トークンを取得し、`Authorization: Bearer …` で送ってください。"
            )
        ),
        ErrorCode(
            800043,
            403,
            meaning: (
                "The caller has no access to the data of prices.",
                "呼び出し元には、価格データを閲覧する権限がありません。"
            ),
            advice: (
                "Use an account that is allowed to read prices.",
                "価格の閲覧を認められたアカウントを使ってください。"
            )
        ),
        ErrorCode(
            800073,
            403,
            meaning: (
                "The customer's account is under review, so nothing can be bought for it yet.",
                "顧客のアカウントは審査中のため、まだ購入できません。"
            ),
            advice: (
                "Wait until the review is over; its status can be read.",
                "審査の状態を確かめ、完了するまで待ってください。"
            )
        ),
        ErrorCode(
            800074,
            403,
            meaning: (
                "The customer's account is still being checked, so the purchase is held back.",
                "顧客のアカウントの確認が続いているため、購入は保留されます。"
            ),
            advice: (
                "Wait until the review is over, and send what it asks for.",
                "審査で求められた情報を送り、完了するまで待ってください。"
            )
        ),
        ErrorCode(
            800075,
            403,
            meaning: (
                "The customer's account was reviewed and not approved.",
                "顧客のアカウントは、審査で承認されませんでした。"
            ),
            advice: (
                "Correct the customer's data, or contact support about the review.",
                "顧客の情報を直すか、審査についてサポートに問い合わせてください。"
            )
        ),
        ErrorCode(
            800086,
            400,
            meaning: (
                "The customer's tenant lacks the marks that the offer asks for, such as education or government.",
                "顧客のテナントに、教育機関や政府機関など、オファーが求める区分が設定されていません。"
            ),
            advice: (
                "Have the customer qualified for the offer, or choose another one.",
                "顧客の資格を確認してもらうか、別のオファーを選んでください。"
            )
        ),
        ErrorCode(
            900126,
            400,
            meaning: (
                "A value is not one of those that the field knows; the answer names the kind.",
                "項目に認められていない値です。値の種類は応答に示されます。"
            ),
            advice: (
                "Use one of the values that the field lists.",
                "項目に定められた値のいずれかを使ってください。"
            )
        ),
        ErrorCode(
            900141,
            400,
            meaning: (
                "The operation is not supported for what it was asked of.",
                "指定された対象では、この操作に対応していません。"
            ),
            advice: (
                "Use another operation, or another thing that has this one.",
                "別の操作を使うか、この操作に対応した対象を指定してください。"
            )
        ),
    ]
}
