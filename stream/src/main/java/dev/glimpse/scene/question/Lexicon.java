package dev.glimpse.scene.question;

import dev.glimpse.scene.thing.Category;
import dev.glimpse.scene.thing.Colour;
import dev.glimpse.scene.thing.Pattern;
import dev.glimpse.scene.thing.Place;
import java.util.List;

/** The usual word of an answer's kind, and what else people say for it. */
final class Lexicon {
    private Lexicon() {}

    static String word(Category category) {
        return category == Category.BALLOON ? "balloon" : category.word();
    }

    static List<String> others(Category category) {
        return switch (category) {
            case MAN -> List.of("person", "boy");
            case WOMAN -> List.of("girl", "person", "lady");
            case CHILD -> List.of("boy", "kid", "person");
            case DOG -> List.of("puppy", "animal");
            case CAT -> List.of("kitten", "animal");
            case HORSE -> List.of("pony", "animal");
            case COW -> List.of("bull", "animal");
            case SHEEP -> List.of("lamb", "goat");
            case ELEPHANT, GIRAFFE, CRAB -> List.of("animal");
            case BIRD -> List.of("parrot", "duck");
            case DUCK -> List.of("bird");
            case CAR -> List.of("vehicle", "truck");
            case BUS, TRUCK -> List.of("vehicle", "car");
            case BICYCLE -> List.of("bike");
            case BOAT -> List.of("ship", "sailboat");
            case AIRPLANE -> List.of("plane", "jet");
            case BALLOON -> List.of("hot air balloon");
            case UMBRELLA -> List.of("parasol");
            case SOFA -> List.of("couch", "chair");
            case CHAIR -> List.of("seat");
            case TABLE -> List.of("desk");
            case LAMP -> List.of("light");
            case PLANT -> List.of("flower", "pot");
            case TREE -> List.of("bush");
            case HOUSE -> List.of("building", "cottage");
            case TENT, LIGHTHOUSE -> List.of("building");
            case HYDRANT -> List.of("fire hydrant");
            case BOX -> List.of("package", "crate");
            case BOTTLE -> List.of("wine");
            case CUP -> List.of("mug", "coffee");
            case GUITAR -> List.of("instrument");
            case SURFBOARD -> List.of("board");
            case BENCH -> List.of("seat");
            case BALL, KITE -> List.of("toy");
            case CLOCK -> List.of("alarm clock");
            case SNOWMAN -> List.of("snow");
        };
    }

    static List<String> others(Colour colour) {
        return switch (colour) {
            case RED -> List.of("orange", "pink");
            case ORANGE -> List.of("red", "yellow");
            case YELLOW -> List.of("gold", "orange");
            case GREEN -> List.of("blue");
            case BLUE -> List.of("purple", "teal");
            case PURPLE -> List.of("blue", "violet");
            case WHITE -> List.of("gray", "cream");
            case BROWN -> List.of("tan", "orange");
        };
    }

    static String word(Pattern pattern) {
        return switch (pattern) {
            case PLAIN -> "plain";
            case STRIPED -> "stripes";
            case DOTTED -> "dots";
            case CHECKED -> "checks";
        };
    }

    static List<String> others(Pattern pattern) {
        return switch (pattern) {
            case PLAIN -> List.of("none", "solid");
            case STRIPED -> List.of("lines", "striped");
            case DOTTED -> List.of("spots", "polka dots");
            case CHECKED -> List.of("plaid", "squares");
        };
    }

    static List<String> others(Place place) {
        return switch (place) {
            case STREET -> List.of("road", "city", "town");
            case BEACH -> List.of("ocean", "sand");
            case FIELD -> List.of("grass", "meadow", "farm");
            case ROOM -> List.of("living room", "house", "inside");
            case HARBOUR -> List.of("dock", "pier", "lake");
            case CITY -> List.of("street", "downtown");
            case MOUNTAIN -> List.of("snow", "outside");
        };
    }
}
