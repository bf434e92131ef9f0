/// The version of this client, which `suiro version` prints and `User-Agent` carries.
package enum Version {
    package static let current = "0.1.0"
}
