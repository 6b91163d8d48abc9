package dev.glimpse.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.wire.Topics;
import java.nio.file.Path;
import java.util.List;
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
        List<Path> before = BrokerDirectories.list();
        try (Broker broker = Broker.start()) {
            broker.create(topics, 2);
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
                Set<String> names = admin.listTopics().names().get();
                assertThat(names).containsExactlyInAnyOrderElementsOf(topics.all());
                assertThat(admin.describeFeatures().featureMetadata().get().finalizedFeatures())
                        .hasEntrySatisfying("transaction.version", range -> assertThat(range.maxVersionLevel())
                                .isGreaterThanOrEqualTo((short) 2));
            }
        }
        assertThat(BrokerDirectories.list()).isEqualTo(before);
        assertThat(work.resolve("broker.log")).isNotEmptyFile();
    }
}
