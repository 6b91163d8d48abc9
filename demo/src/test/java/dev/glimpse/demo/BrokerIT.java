package dev.glimpse.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.wire.Topics;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerIT {
    @TempDir
    private Path work;

    @Test
    void brokerStartsWithItsTopicsAndLeavesNothingBehind() throws Exception {
        BrokerLog.to(work.resolve("broker.log"));
        Topics topics = Topics.withPrefix("");
        Path data;
        try (Broker broker = Broker.start()) {
            data = broker.data();
            assertThat(data).isNotEmptyDirectory();
            broker.create(topics, 2);
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
                Set<String> names = admin.listTopics().names().get();
                assertThat(names).containsExactlyInAnyOrderElementsOf(topics.all());
                assertThat(admin.describeFeatures().featureMetadata().get().finalizedFeatures())
                        .hasEntrySatisfying("transaction.version", range -> assertThat(range.maxVersionLevel())
                                .isGreaterThanOrEqualTo((short) 2));
            }
        }
        assertThat(data).doesNotExist();
        assertThat(work.resolve("broker.log")).isNotEmptyFile();
    }
}
