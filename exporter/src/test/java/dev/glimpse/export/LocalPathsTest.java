package dev.glimpse.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.json.Json;
import org.junit.jupiter.api.Test;

class LocalPathsTest {
    @Test
    void absolutePathsLoseTheirFoldersAndEverythingElseStays() throws JsonProcessingException {
        JsonNode before = Json.mapper().readTree("""
                        {"folder": "file:///home/ada/data/tiny/", "files": ["/mnt/x/a.json", "data/b.json", 3, true],
                         "inputs": {"/mnt/x/a.json": "12ab", "data/b.json": "/"}, "drive": "C:\\\\data\\\\c.json",
                         "ratio": "1/2"}""");
        JsonNode after = Json.mapper().readTree("""
                        {"folder": "tiny", "files": ["a.json", "data/b.json", 3, true],
                         "inputs": {"a.json": "12ab", "data/b.json": ""}, "drive": "c.json", "ratio": "1/2"}""");
        assertThat(LocalPaths.cut(before)).isEqualTo(after);
    }
}
