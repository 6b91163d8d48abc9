package dev.glimpse.export;

import static dev.glimpse.error.UserError.require;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.bundle.Certificate.NetworkCost;
import dev.glimpse.json.Json;
import java.nio.file.Path;
import java.util.List;

/** The file of {@code glimpse bench models --json} in, what teacher and student cost out. */
record NetworkCosts(Path file, JsonNode root) {
    /**
     * @param parameters of the run's student, detector and captioning, which the file must be about
     * @throws dev.glimpse.error.UserError when the file is missing, something else, or about another student
     */
    static List<NetworkCost> read(Path file, long parameters) {
        NetworkCosts costs = new NetworkCosts(file, Json.read(file, JsonNode.class));
        NetworkCost student = costs.of("student");
        require(
                student.parameters() == parameters,
                "%s: expected a student of %,d parameters, as the run has, found one of %,d. Measure with"
                        + " glimpse bench models, the run's settings and --run.",
                file,
                parameters,
                student.parameters());
        return List.of(costs.of("teacher"), student);
    }

    private NetworkCost of(String model) {
        return new NetworkCost(
                model,
                number("/" + model + "/size/parameters").asLong(),
                number("/words").asInt(),
                number("/" + model + "/size/multiplyAdds").asLong(),
                number("/" + model + "/detect/median").asDouble()
                        + number("/" + model + "/caption/median").asDouble());
    }

    private JsonNode number(String place) {
        JsonNode value = root.at(place);
        require(
                value.isNumber(),
                "%s: expected a number at %s, found %s. Write the file with glimpse bench models --json.",
                file,
                place,
                value.isMissingNode() ? "none" : value);
        return value;
    }
}
