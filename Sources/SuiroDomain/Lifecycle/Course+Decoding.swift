extension KeyedDecodingContainer {
    /// What was written down before courses were kept has none.
    func decode(_ type: Course.Type, forKey key: Key) throws -> Course {
        try decodeIfPresent(type, forKey: key) ?? Course()
    }
}
