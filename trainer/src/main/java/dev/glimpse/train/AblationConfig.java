package dev.glimpse.train;

import static dev.glimpse.error.UserError.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glimpse.config.StrictYaml;
import dev.glimpse.error.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A comparison: one YAML file that names a run's settings and, for each arm, what differs. {@link #settings} gives the whole
 * settings of an arm.
 *
 * @param name name of the comparison; its arms are the runs {@code runs/NAME/ARM-SEED}
 * @param base settings of a run, relative to this file
 * @param seeds seeds of the student's trainings; detectors, features and teachers have the seed of the base and are shared
 * @param reference arm that the others are compared with, unless they name another one
 * @param set settings of all arms that differ from the base, as those of an arm, which come after them
 * @param arms what is compared, by name, in the order in which it is run
 */
public record AblationConfig(
        String name, Path base, List<Long> seeds, String reference, List<String> set, Map<String, Arm> arms) {
    public AblationConfig {
        require(name.matches("[a-z0-9][a-z0-9-]*"), "name must be lower-case letters, digits and '-', was '%s'", name);
        require(!seeds.isEmpty(), "seeds must name at least one seed");
        requireSettings(set);
        require(arms.containsKey(reference), "reference: expected one of the arms, found '%s'", reference);
        Set<String> before = new HashSet<>();
        arms.forEach((arm, settings) -> {
            require(
                    arm.matches("[a-z0-9][a-z0-9+-]*"),
                    "an arm's name must be letters, digits, + and -, was '%s'",
                    arm);
            require(
                    settings.seeds <= seeds.size(),
                    "arm %s: %d seeds are asked for, but only %d are named",
                    arm,
                    settings.seeds,
                    seeds.size());
            settings.like.ifPresent(like -> require(
                    before.contains(like.arm),
                    "arm %s: like: expected an arm that comes before it, found '%s'",
                    arm,
                    like.arm));
            settings.against.ifPresent(against -> require(
                    arms.containsKey(against.arm),
                    "arm %s: against: expected one of the arms, found '%s'",
                    arm,
                    against.arm));
            before.add(arm);
            settings.timeOf.ifPresent(t -> require(
                    arms.containsKey(t.arm) && arms.containsKey(t.pace),
                    "arm %s: timeOf: expected two of the arms, found '%s' and '%s'",
                    arm,
                    t.arm,
                    t.pace));
        });
    }

    /** What an arm measures. */
    public enum Measures {
        /** The student, on its own boxes. */
        STUDENT,
        /** The teacher on the student's boxes. */
        TEACHER_ALIGNED,
        /** The teacher on its own boxes. */
        TEACHER_OWN,
        /** What people wrote and answered, held against what other people did. */
        PEOPLE,
        /** The captions of {@code ceiling_test.json}, which a drawn data set has, and the answers that most people gave. */
        CEILING
    }

    /**
     * One arm.
     *
     * @param seeds how many of the seeds it is run with, the first ones
     * @param measures what is measured
     * @param like another arm, whose settings come before its own
     * @param against the arm it is compared with, if not the comparison's reference
     * @param timeOf another arm, whose training time the student's stages take
     * @param set settings that differ, each {@code path=value} such as {@code pretrain.share=0.1}; a path that begins with {@code
     *     *.} means the stages pretrain, caption and vqa; a value may be a whole section in braces
     */
    public record Arm(
            int seeds,
            Measures measures,
            Optional<Other> like,
            Optional<Other> against,
            Optional<TimeOf> timeOf,
            List<String> set) {
        public Arm {
            require(seeds > 0, "seeds must be positive, was %d", seeds);
            requireSettings(set);
        }
    }

    /** Another arm, by its name. */
    public record Other(String arm) {}

    /** The arm whose time counts, and the one whose step times are the measure of this one. */
    public record TimeOf(String arm, String pace) {}

    /** One training of the comparison: an arm with one of its seeds. */
    public record Run(String arm, long seed) {}

    /** The runs in their order: every arm with each of its seeds. */
    List<Run> runs() {
        return arms.entrySet().stream()
                .flatMap(a -> seeds.subList(0, a.getValue().seeds).stream().map(seed -> new Run(a.getKey(), seed)))
                .toList();
    }

    /** Whether a file describes a comparison and not a run. */
    static boolean describes(Path file) {
        return StrictYaml.tree(file).has("arms");
    }

    /**
     * The settings of a run.
     *
     * @param folder folder of the comparison's file
     * @param more further settings, as those of an arm
     * @throws UserError when a path is not one of the base's
     */
    TrainConfig settings(Path folder, String arm, List<String> more) {
        Path file = folder.resolve(base);
        JsonNode tree = StrictYaml.tree(file);
        for (String setting :
                Stream.of(set, settings(arm(arm)), more).flatMap(List::stream).toList()) {
            int equals = setting.indexOf('=');
            String path = setting.substring(0, equals);
            JsonNode value = StrictYaml.value(setting.substring(equals + 1));
            for (String one : path.startsWith("*.") ? everywhere(path) : List.of(path)) {
                replace(tree, one, value, arm);
            }
        }
        return StrictYaml.bind(tree, file + " with the settings of arm " + arm, TrainConfig.class);
    }

    /** Those of the arm that it is like, and its own. */
    private List<String> settings(Arm arm) {
        List<String> all =
                new ArrayList<>(arm.like.map(like -> settings(arm(like.arm))).orElse(List.of()));
        all.addAll(arm.set);
        return all;
    }

    /** The arm that an arm is compared with. */
    String against(String arm) {
        return arm(arm).against.map(Other::arm).orElse(reference);
    }

    Arm arm(String name) {
        return Objects.requireNonNull(arms.get(name), name);
    }

    private static void requireSettings(List<String> set) {
        set.forEach(s -> require(s.indexOf('=') > 0, "set: expected path=value, found '%s'", s));
    }

    private static List<String> everywhere(String path) {
        return Stream.of("pretrain", "caption", "vqa")
                .map(s -> s + path.substring(1))
                .toList();
    }

    private static void replace(JsonNode tree, String path, JsonNode value, String arm) {
        String[] names = path.split("\\.");
        JsonNode at = tree;
        for (int i = 0; i < names.length - 1; i++) {
            at = at.path(names[i]);
        }
        String last = names[names.length - 1];
        if (!(at instanceof ObjectNode section) || !(section.has(last) || at == tree)) {
            throw new UserError("arm " + arm + ": the base has no setting " + path);
        }
        section.set(last, value);
    }
}
