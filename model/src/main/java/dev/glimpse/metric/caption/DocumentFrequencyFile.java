package dev.glimpse.metric.caption;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.metric.Entry;
import dev.glimpse.metric.EntryFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A file that gives document frequencies for CIDEr-D. */
public final class DocumentFrequencyFile {
    private DocumentFrequencyFile() {}

    /**
     * Reads {@code {"documents": 113287, "pictures": {"a dog": 2754, ...}}}, n-grams of tokens separated by single
     * blanks; or a COCO captions file, whose captions are tokenised and counted.
     */
    public static DocumentFrequency read(Path file, Tokenisation tokenisation) {
        Entry root = EntryFile.object(file);
        if (root.has("annotations")) {
            return DocumentFrequency.of(
                    tokenisation.all(CaptionTruth.read(file).references()).values());
        }
        double documents = root.number("documents");
        JsonNode counts = root.node().get("pictures");
        if (documents < 1 || counts == null || !counts.isObject()) {
            throw root.error(
                    "expected \"documents\", at least 1, and \"pictures\", an object of counts, or a COCO captions"
                            + " file.");
        }
        Map<String, Double> pictures = new HashMap<>();
        for (Map.Entry<String, JsonNode> count : counts.properties()) {
            if (!count.getValue().isNumber() || count.getValue().doubleValue() < 0) {
                throw root.wrong("pictures." + count.getKey(), "a count of at least 0", count.getValue());
            }
            pictures.put(count.getKey(), count.getValue().doubleValue());
        }
        return new DocumentFrequency(documents, pictures);
    }
}
