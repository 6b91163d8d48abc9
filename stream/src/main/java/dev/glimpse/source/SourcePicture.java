package dev.glimpse.source;

/**
 * One encoded picture of a source.
 *
 * @param encoded the file's bytes, as found or as encoded here
 * @param contentType {@code image/jpeg} or {@code image/png}
 */
@SuppressWarnings("ArrayRecordComponent") // hundreds of kilobytes, never compared
public record SourcePicture(byte[] encoded, String contentType) {
    static SourcePicture jpeg(byte[] encoded) {
        return new SourcePicture(encoded, "image/jpeg");
    }
}
