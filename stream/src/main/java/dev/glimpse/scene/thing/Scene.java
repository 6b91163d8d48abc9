package dev.glimpse.scene.thing;

import java.util.List;

/**
 * A place with its things: all that the picture at any time follows from.
 *
 * @param seed of everything incidental: clouds, windows, the camera's way
 * @param things in the order of their ids; the camera follows the first
 */
public record Scene(long seed, Place place, Light light, Weather weather, List<Thing> things) {
    public Scene {
        things = List.copyOf(things);
    }
}
