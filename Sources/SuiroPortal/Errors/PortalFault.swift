/// What is wrong with how the portal itself was used.
enum PortalFault: Error {
    /// A form that was not sent from a page of this portal, or from a page of an older session.
    case foreignForm
}
