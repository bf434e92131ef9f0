// What is answered about agreements and who has signed them.
extension ErrorCode {
    static let agreements: [ErrorCode] = [
        ErrorCode(
            2000,
            400,
            meaning: (
                "The id is malformed, or both ids were given.",
                "ID の形式が正しくないか、両方の ID が指定されています。"
            ),
            advice: (
                "Send either a partner network number or a tenant ID.",
                "パートナー ネットワーク番号とテナント ID のどちらか一方を送ってください。"
            )
        ),
        ErrorCode(
            2001,
            400,
            meaning: (
                "Neither a partner network number nor a tenant ID was given.",
                "パートナー ネットワーク番号もテナント ID も指定されていません。"
            ),
            advice: (
                "Send one of the two in the query.",
                "どちらか一方をクエリで送ってください。"
            )
        ),
        ErrorCode(
            2200,
            400,
            meaning: (
                "No partner has this partner network number.",
                "このパートナー ネットワーク番号のパートナーは見つかりません。"
            ),
            advice: (
                "Check the number with the partner.",
                "番号をパートナーに確認してください。"
            )
        ),
        ErrorCode(
            2201,
            400,
            meaning: (
                "The partner with this number is enrolled in another region.",
                "この番号のパートナーは、別の地域で登録されています。"
            ),
            advice: (
                "Ask for a partner of your own region.",
                "自社と同じ地域のパートナーを指定してください。"
            )
        ),
        ErrorCode(
            2204,
            400,
            meaning: (
                "The partner with this number is not an indirect reseller.",
                "この番号のパートナーは、間接リセラーではありません。"
            ),
            advice: (
                "Ask by the tenant ID instead.",
                "テナント ID で確かめてください。"
            )
        ),
        ErrorCode(
            2205,
            400,
            meaning: (
                "The tenant has no partner account.",
                "テナントにパートナー アカウントがありません。"
            ),
            advice: (
                "Check the tenant ID with the partner.",
                "テナント ID をパートナーに確認してください。"
            )
        ),
        ErrorCode(
            13605,
            403,
            meaning: (
                "The customer has not accepted the agreement that an order needs.",
                "顧客は、注文に必要な契約にまだ同意していません。"
            ),
            advice: (
                "Attest the acceptance with POST …/agreements, or let the customer sign.",
                "POST …/agreements で同意を証明するか、顧客に署名してもらってください。"
            )
        ),
        ErrorCode(
            600061,
            409,
            meaning: (
                "The acceptance of this contact is recorded already.",
                "この担当者の同意は、すでに記録されています。"
            ),
            advice: (
                "Read the customer's agreements; nothing else is to be done.",
                "顧客の契約を確かめてください。ほかの操作は不要です。"
            )
        ),
    ]
}
