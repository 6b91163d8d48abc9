package dev.glimpse.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Elements of COCO's lists, as they are read and written. */
final class CocoRecords {
    private CocoRecords() {}

    record Image(
            @JsonProperty(required = true) long id,
            @JsonProperty("file_name") @Nullable String fileName,
            int width,
            int height) {}

    record Caption(
            long id,

            @JsonProperty(value = "image_id", required = true)
            long imageId,

            @JsonProperty(required = true) @Nullable String caption) {}

    record Category(
            @JsonProperty(required = true) long id,
            @JsonProperty(required = true) String name) {}

    /** {@code bbox}: left, top, width, height in pixels. {@code attributes} is ours; COCO has none. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Annotation(
            @JsonProperty(required = true) long id,

            @JsonProperty(value = "image_id", required = true)
            long imageId,

            @JsonProperty(value = "category_id", required = true)
            long categoryId,

            @JsonProperty(required = true) double[] bbox,
            double area,
            int iscrowd,
            @Nullable List<String> attributes) {}
}
