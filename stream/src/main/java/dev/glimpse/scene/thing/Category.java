package dev.glimpse.scene.thing;

import static dev.glimpse.scene.thing.Habitat.GROUND;
import static dev.glimpse.scene.thing.Habitat.SKY;
import static dev.glimpse.scene.thing.Habitat.WATER;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The kinds of things. Each has a middling width and height in scene units, a habitat, the places where it is found
 * (letters: s street, b beach, f field, r room, h harbour, c city, m mountains) and the colours it comes in (letters: r
 * red, o orange, y yellow, g green, b blue, p purple, w white, n brown).
 */
public enum Category {
    MAN("person", 46, 104, GROUND, 4, "sbfrhcm", "roygbpwn"),
    WOMAN("person", 46, 100, GROUND, 4, "sbfrhcm", "roygbpwn"),
    CHILD("person", 42, 72, GROUND, 3.2, "sbfrhcm", "roygbpwn"),
    DOG("animal", 74, 58, GROUND, 3.2, "sbfrhcm", "wnobrp"),
    CAT("animal", 60, 58, GROUND, 2.4, "sfrhc", "wnobpy"),
    HORSE("animal", 112, 104, GROUND, 2.6, "sbfm", "wnobr"),
    COW("animal", 108, 80, GROUND, 1.8, "fm", "wnopr"),
    SHEEP("animal", 82, 64, GROUND, 2.4, "fm", "wnypb"),
    ELEPHANT("animal", 122, 98, GROUND, 1.8, "fcs", "bprgw"),
    GIRAFFE("animal", 84, 140, GROUND, 2, "fs", "yorn"),
    BIRD("animal", 58, 44, SKY, 2, "sbfhcm", "rybwgpo"),
    DUCK("animal", 52, 46, WATER, 2.4, "bhf", "ywgbn"),
    CRAB("animal", 60, 40, GROUND, 3.4, "b", "robp"),
    CAR("vehicle", 124, 60, GROUND, 4, "scbh", "roygbpw"),
    BUS("vehicle", 156, 86, GROUND, 2.6, "sc", "roygbw"),
    TRUCK("vehicle", 144, 80, GROUND, 2.2, "sch", "roygbpw"),
    BICYCLE("vehicle", 92, 62, GROUND, 2.4, "sbfhc", "roygbp"),
    BOAT("vehicle", 112, 100, WATER, 4, "bh", "roygbpw"),
    AIRPLANE("vehicle", 116, 52, SKY, 1.6, "sbfhcm", "rybwgo"),
    BALLOON("vehicle", 66, 92, SKY, 1.6, "sbfhm", "roygbp"),
    BALL("toy", 38, 38, GROUND, 2, "sbfrhcm", "roygbpw"),
    KITE("toy", 54, 68, SKY, 1.4, "bfm", "roygbp"),
    UMBRELLA("thing", 78, 74, GROUND, 2, "bshc", "roygbpw"),
    CHAIR("furniture", 50, 70, GROUND, 2, "rb", "roygbpn"),
    TABLE("furniture", 104, 54, GROUND, 2.6, "r", "nwgbr"),
    SOFA("furniture", 128, 66, GROUND, 2.6, "r", "roygbpn"),
    LAMP("furniture", 46, 106, GROUND, 2.4, "r", "roygbp"),
    TREE("plant", 90, 128, GROUND, 2, "sfmc", "goyr"),
    PLANT("plant", 48, 68, GROUND, 1.6, "rc", "roybpw"),
    BENCH("furniture", 104, 50, GROUND, 2, "sfhcm", "nrgbw"),
    HOUSE("building", 124, 112, GROUND, 2, "fmbh", "roygbwp"),
    TENT("building", 108, 74, GROUND, 2, "fmb", "roygbp"),
    LIGHTHOUSE("building", 52, 146, GROUND, 2.6, "hb", "rbgpo"),
    HYDRANT("thing", 38, 54, GROUND, 2.2, "sc", "roygb"),
    BOX("thing", 54, 48, GROUND, 2, "rhs", "nwrbyg"),
    BOTTLE("thing", 32, 62, GROUND, 2, "r", "gbrnp"),
    CUP("thing", 42, 40, GROUND, 2, "r", "roygbpw"),
    CLOCK("thing", 46, 50, GROUND, 2, "r", "rgbpwy"),
    GUITAR("thing", 38, 96, GROUND, 1.4, "rsc", "nrobp"),
    SURFBOARD("thing", 34, 108, GROUND, 1.6, "b", "roygbpw"),
    SNOWMAN("thing", 62, 88, GROUND, 3.4, "m", "rbgpo");

    private final String supercategory;
    private final double width;
    private final double height;
    private final Habitat habitat;
    private final double weight;
    private final String places;
    private final List<Colour> colours;

    Category(
            String supercategory,
            double width,
            double height,
            Habitat habitat,
            double weight,
            String places,
            String colours) {
        this.supercategory = supercategory;
        this.width = width;
        this.height = height;
        this.habitat = habitat;
        this.weight = weight;
        this.places = places;
        List<Colour> list = new ArrayList<>();
        for (char letter : colours.toCharArray()) {
            list.add(Colour.values()["roygbpwn".indexOf(letter)]);
        }
        this.colours = List.copyOf(list);
    }

    /** Number in the truth files, from 1. */
    public int id() {
        return ordinal() + 1;
    }

    /** The English word. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The English word for several. */
    public String plural() {
        return switch (this) {
            case MAN -> "men";
            case WOMAN -> "women";
            case CHILD -> "children";
            case SHEEP -> "sheep";
            case BUS, BENCH, BOX -> word() + "es";
            case SNOWMAN -> "snowmen";
            default -> word() + "s";
        };
    }

    /** Kind of kinds, as COCO has them. */
    public String supercategory() {
        return supercategory;
    }

    public boolean person() {
        return "person".equals(supercategory);
    }

    public boolean animal() {
        return "animal".equals(supercategory);
    }

    /** Middling width. */
    public double width() {
        return width;
    }

    /** Middling height. */
    public double height() {
        return height;
    }

    public Habitat habitat() {
        return habitat;
    }

    /** How often it is chosen, relative to the others. */
    public double weight() {
        return weight;
    }

    /** Colours it comes in, first to last. */
    public List<Colour> colours() {
        return colours;
    }

    public boolean livesIn(Place place) {
        return places.indexOf("sbfrhcm".charAt(place.ordinal())) >= 0;
    }

    /** Whether it goes about by itself, and how fast at most, in scene units a second; 0 for things that stay. */
    public double speed() {
        return switch (this) {
            case CAR, TRUCK, BUS -> 34;
            case MAN, WOMAN, CHILD -> 14;
            case DOG, HORSE -> 22;
            case CAT, COW, SHEEP, ELEPHANT, GIRAFFE, CRAB -> 9;
            case BIRD -> 26;
            case AIRPLANE -> 30;
            case BALLOON, BOAT, DUCK -> 8;
            case BICYCLE -> 20;
            default -> 0;
        };
    }
}
