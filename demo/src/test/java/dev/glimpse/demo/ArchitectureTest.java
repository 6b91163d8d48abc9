package dev.glimpse.demo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may use whom, module by module and inside them. */
class ArchitectureTest {
    /** A module and those it may use. Nothing uses trainer, exporter or demo. */
    private static final Map<String, Set<String>> MAY_USE = Map.of(
            "model", Set.of(),
            "engine", Set.of("model"),
            "stream", Set.of("model"),
            "trainer", Set.of("model"),
            "exporter", Set.of("model", "engine"),
            "edge-runtime", Set.of("model", "engine", "stream"),
            "demo", Set.of("model", "engine", "stream", "edge-runtime"));

    /** Both {@code .../engine/target/classes/...} and {@code .../engine/target/glimpse-engine-0.1.jar!...}. */
    private static final Pattern MODULE = Pattern.compile("/([a-z-]+)/target/[^/]+");

    private static JavaClasses classes = new ClassFileImporter().importClasses();

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.glimpse");
    }

    @Test
    void everyModuleIsSeen() {
        Set<String> found = new TreeSet<>();
        classes.forEach(c -> found.add(module(c)));
        assertThat(found).containsExactlyInAnyOrderElementsOf(MAY_USE.keySet());
    }

    @Test
    void modulesUseOnlyWhatTheyMay() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass from : classes) {
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                JavaClass to = dependency.getTargetClass().getBaseComponentType();
                if (to.getPackageName().startsWith("dev.glimpse") && !allowed(module(from), module(to))) {
                    wrong.add(from.getName() + " uses " + to.getName());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void noPackageIsSplitOverTwoModules() {
        Map<String, Set<String>> modules = new TreeMap<>();
        classes.forEach(c -> modules.computeIfAbsent(c.getPackageName(), name -> new TreeSet<>())
                .add(module(c)));
        assertThat(modules).allSatisfy((name, in) -> assertThat(in).hasSize(1));
    }

    @Test
    void packagesHaveNamesThatSaySomething() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..manager..", "..impl..", "..helper..")
                .check(classes);
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> bare = new TreeSet<>();
        for (JavaClass c : classes) {
            JavaPackage in = c.getPackage();
            if (in.tryGetPackageInfo()
                    .filter(info -> info.isAnnotatedWith(NullMarked.class))
                    .isEmpty()) {
                bare.add(in.getName());
            }
        }
        assertThat(bare).isEmpty();
    }

    @Test
    void packagesDoNotUseEachOtherInCircles() {
        slices().matching("dev.glimpse.(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void pipelineKnowsNeitherKafkaNorVertx() {
        noClasses()
                .that()
                .resideInAPackage("dev.glimpse.pipeline..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.vertx..", "dev.glimpse.wire..")
                .check(classes);
    }

    @Test
    void onlyTheEdgeOfTheRuntimeKnowsVertx() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.glimpse.web..", "dev.glimpse.edge..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vertx..")
                .check(classes);
    }

    @Test
    void onlyOnePackageTouchesTensorRt() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.glimpse.tensorrt..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco.tensorrt..", "org.bytedeco.cuda..")
                .check(classes);
    }

    @Test
    void onlyOnePackageKnowsOpenTelemetry() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.glimpse.trace..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.opentelemetry..")
                .check(classes);
    }

    @Test
    void wireIsOnlyAContract() {
        noClasses()
                .that()
                .resideInAPackage("dev.glimpse.wire..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(".*\\.Kafka(Consumer|Producer)")
                .check(classes);
    }

    private static boolean allowed(String from, String to) {
        return from.equals(to) || MAY_USE.getOrDefault(from, Set.of()).contains(to);
    }

    private static String module(JavaClass c) {
        String source = c.getSource().orElseThrow().getUri().toString();
        List<String> found =
                MODULE.matcher(source).results().map(m -> m.group(1)).toList();
        assertThat(found).as(source).isNotEmpty();
        return found.get(found.size() - 1);
    }
}
