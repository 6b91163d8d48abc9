package dev.glimpse.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.engine.DeviceException;
import dev.glimpse.wire.Topics;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds docs/operations.md to the code. */
class ManualTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]*) \\|[^|]*\\|[^|]*\\|[^|]*\\|$");
    private static final Pattern NAME = Pattern.compile("`([a-zA-Z.]+)`");

    private final String manual = read();

    @Test
    void tableOfSettingsHoldsThemAllAndNothingElse() {
        int begin = manual.indexOf("## Settings");
        String table = manual.substring(begin, manual.indexOf("\n## ", begin + 1));
        Set<String> described = new TreeSet<>();
        ROW.matcher(table)
                .results()
                .forEach(row -> NAME.matcher(row.group(1)).results().forEach(name -> described.add(name.group(1))));
        Set<String> settings = new TreeSet<>();
        collect(EdgeSettings.class, "", settings);
        assertThat(settings).hasSizeGreaterThan(40);
        assertThat(described).isEqualTo(settings);
    }

    @Test
    void everyTopicIsCreatedInTheManual() {
        assertThat(Topics.withPrefix("").all())
                .allSatisfy(topic -> assertThat(manual).contains("--create --topic " + topic + " "));
    }

    @Test
    void serviceIsStartedAgainWhenTheGpuIsLostAndHasTimeToFinish() throws IOException {
        assertThat(Files.readAllLines(Path.of("../docs/deploy/glimpse@.service")))
                .contains("RestartForceExitStatus=" + DeviceException.EXIT_FATAL, "TimeoutStopSec=20");
    }

    private static void collect(Class<?> type, String prefix, Set<String> into) {
        for (RecordComponent component : type.getRecordComponents()) {
            String path = prefix + component.getName();
            if (component.getType().isRecord()) {
                collect(component.getType(), path + ".", into);
            } else {
                into.add(path);
            }
        }
    }

    private static String read() {
        try {
            return Files.readString(Path.of("../docs/operations.md"));
        } catch (IOException e) {
            throw new AssertionError("the manual cannot be read", e);
        }
    }
}
