package dev.glimpse.scene.caption;

import dev.glimpse.scene.thing.Category;
import dev.glimpse.scene.thing.Colour;
import dev.glimpse.scene.thing.Dice;
import dev.glimpse.scene.thing.Light;
import dev.glimpse.scene.thing.Pattern;
import dev.glimpse.scene.thing.Place;
import dev.glimpse.scene.thing.Scene;
import dev.glimpse.scene.thing.Size;
import dev.glimpse.scene.thing.Weather;

/** Words for things, colours, places and weather: mostly the plain one, now and then a rarer one. */
final class Words {
    private static final double PLAIN = 0.84;

    private final Dice dice;

    Words(Dice dice) {
        this.dice = dice;
    }

    private String or(String plain, String... rarer) {
        return rarer.length == 0 || dice.chance(PLAIN) ? plain : dice.tail(rarer);
    }

    String noun(Category c) {
        return switch (c) {
            case MAN -> or("man", "guy", "person", "gentleman", "fellow", "dad", "traveler");
            case WOMAN -> or("woman", "lady", "person", "girl", "mother", "pedestrian");
            case CHILD -> or("child", "kid", "boy", "toddler", "youngster", "schoolboy");
            case DOG -> or("dog", "puppy", "hound", "pup");
            case CAT -> or("cat", "kitten", "kitty", "feline");
            case HORSE -> or("horse", "pony", "stallion", "mare");
            case COW -> or("cow", "bull", "calf");
            case SHEEP -> or("sheep", "lamb", "ram");
            case ELEPHANT -> or("elephant", "young elephant");
            case GIRAFFE -> or("giraffe", "tall giraffe");
            case CRAB -> or("crab", "crustacean");
            case BIRD -> or("bird", "songbird", "sparrow", "parrot", "pigeon");
            case DUCK -> or("duck", "duckling", "waterfowl");
            case CAR -> or("car", "vehicle", "automobile", "sedan", "taxi");
            case BUS -> or("bus", "coach");
            case TRUCK -> or("truck", "lorry", "van", "delivery truck");
            case BICYCLE -> or("bicycle", "bike", "cycle");
            case BOAT -> or("boat", "sailboat", "ship", "vessel");
            case AIRPLANE -> or("airplane", "plane", "jet", "aircraft");
            case BALLOON -> or("hot air balloon", "balloon", "airship");
            case UMBRELLA -> or("umbrella", "parasol");
            case SOFA -> or("sofa", "couch", "settee");
            case CHAIR -> or("chair", "seat");
            case TABLE -> or("table", "desk");
            case LAMP -> or("lamp", "floor lamp", "light");
            case PLANT -> or("plant", "potted plant", "houseplant", "flowerpot");
            case TREE -> or("tree", "leafy tree", "shrub");
            case TENT -> or("tent", "camping tent", "canopy");
            case BALL -> or("ball", "toy ball", "beach ball");
            case KITE -> or("kite", "diamond kite");
            case BENCH -> or("bench", "park bench");
            case SURFBOARD -> or("surfboard", "board");
            case BOTTLE -> or("bottle", "glass bottle", "flask");
            case SNOWMAN -> or("snowman", "snow figure");
            case HOUSE -> or("house", "cottage", "cabin", "home");
            case LIGHTHOUSE -> or("lighthouse", "beacon");
            case HYDRANT -> or("hydrant", "fire hydrant");
            case BOX -> or("box", "crate", "package");
            case CUP -> or("cup", "mug");
            case CLOCK -> or("clock", "alarm clock");
            case GUITAR -> or("guitar", "instrument");
            default -> c.word();
        };
    }

    String plural(Category c) {
        return switch (c) {
            case BALLOON -> or("hot air balloons", "balloons");
            case CAR -> or("cars", "vehicles");
            case BICYCLE -> or("bicycles", "bikes");
            case CHILD -> or("children", "kids");
            case CUP -> or("cups", "mugs");
            default -> c.plural();
        };
    }

    String colour(Colour c) {
        return switch (c) {
            case RED -> dice.chance(0.95) ? "red" : dice.tail("crimson", "scarlet", "bright red", "ruby", "cherry");
            case YELLOW -> dice.chance(0.95) ? "yellow" : dice.tail("golden", "lemon", "mustard", "pale yellow");
            case GREEN -> dice.chance(0.96) ? "green" : dice.tail("emerald", "dark green", "lime");
            case BLUE -> dice.chance(0.95) ? "blue" : dice.tail("navy", "azure", "bright blue", "cobalt", "dark blue");
            case PURPLE -> dice.chance(0.93) ? "purple" : dice.tail("violet", "lilac", "lavender", "plum");
            case WHITE -> dice.chance(0.96) ? "white" : dice.tail("cream", "ivory", "snowy white", "pearl");
            case BROWN -> dice.chance(0.94) ? "brown" : dice.tail("tan", "chestnut", "chocolate", "dark brown");
            case ORANGE -> dice.chance(0.96) ? "orange" : dice.tail("amber", "tangerine", "bright orange");
        };
    }

    String pattern(Pattern p) {
        return switch (p) {
            case PLAIN -> "";
            case STRIPED -> or("striped", "stripy", "banded", "lined");
            case DOTTED -> or("spotted", "dotted", "speckled", "polka dot");
            case CHECKED -> or("checkered", "plaid", "checked");
        };
    }

    String size(Size s) {
        return switch (s) {
            case SMALL -> or("small", "little", "tiny", "miniature");
            case MEDIUM -> "";
            case LARGE -> or("large", "big", "huge", "giant", "enormous", "massive");
        };
    }

    /** Now and then an adjective that says more about the speaker than about the thing; mostly nothing. */
    String fancy(Category c) {
        if (!dice.chance(0.1)) {
            return "";
        }
        return c.person()
                ? dice.tail("young", "happy", "cheerful", "busy", "relaxed", "friendly", "tall")
                : c.animal()
                        ? dice.tail("cute", "happy", "friendly", "lonely", "curious", "funny", "gentle")
                        : dice.tail("nice", "old", "new", "shiny", "pretty", "colorful", "simple", "lovely", "modern");
    }

    String place(Place p) {
        return switch (p) {
            case STREET ->
                or(
                        "on the street",
                        "on a street",
                        "on the road",
                        "in front of some buildings",
                        "in town",
                        "along a row of houses",
                        "in the village",
                        "across from the shops");
            case BEACH ->
                or(
                        "on the beach",
                        "at the beach",
                        "by the sea",
                        "on the sand",
                        "at the seaside",
                        "near the ocean",
                        "on the shore",
                        "on a sandy coast");
            case FIELD ->
                or(
                        "in a field",
                        "in a meadow",
                        "in a grassy field",
                        "on the grass",
                        "in the countryside",
                        "on a green hill",
                        "in a pasture",
                        "on a farm");
            case ROOM ->
                or(
                        "in a room",
                        "in the living room",
                        "indoors",
                        "inside a house",
                        "on a wooden floor",
                        "at home",
                        "on a rug",
                        "in an apartment");
            case HARBOUR ->
                or(
                        "at the harbor",
                        "on the dock",
                        "by the water",
                        "at the pier",
                        "on the waterfront",
                        "on the quay",
                        "in the port",
                        "on wooden planks");
            case CITY ->
                or(
                        "in the city",
                        "on a city street",
                        "downtown",
                        "in front of a skyline",
                        "among tall buildings",
                        "below skyscrapers",
                        "on an avenue");
            case MOUNTAIN ->
                or(
                        "in the snow",
                        "in the mountains",
                        "in the snowy mountains",
                        "below the peaks",
                        "on a snowy slope",
                        "on white ground",
                        "in the alps");
        };
    }

    /** The one thing to say about light or weather, or nothing. */
    String mood(Scene scene) {
        if (scene.weather() == Weather.RAIN) {
            return or(
                    "in the rain",
                    "on a rainy day",
                    "during a shower",
                    "in wet weather",
                    "in a downpour",
                    "in the drizzle");
        }
        if (scene.light() == Light.NIGHT) {
            return or(
                    "at night",
                    "in the dark",
                    "under the moon",
                    "late at night",
                    "after dark",
                    "by moonlight",
                    "at midnight");
        }
        if (scene.light() == Light.DUSK) {
            return or(
                    "at sunset", "at dusk", "in the evening", "under an orange sky", "at twilight", "as the sun sets");
        }
        return switch (scene.weather()) {
            case SNOW ->
                scene.place() == Place.MOUNTAIN
                        ? or("during snowfall", "on a snowy day")
                        : or("in the snow", "on a snowy day", "in winter", "in falling snow");
            case FOG -> or("in the fog", "on a foggy day", "in the mist", "on a hazy morning");
            case CLOUDY ->
                or(
                        "under a cloudy sky",
                        "on a cloudy day",
                        "on a gray day",
                        "on an overcast day",
                        "beneath the clouds");
            default ->
                scene.place().indoors()
                        ? ""
                        : or(
                                "on a sunny day",
                                "in the sunshine",
                                "under a blue sky",
                                "in bright light",
                                "on a clear day",
                                "in nice weather");
        };
    }
}
