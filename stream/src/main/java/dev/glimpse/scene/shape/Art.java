package dev.glimpse.scene.shape;

import dev.glimpse.scene.thing.Category;

/** Chooses the painter of a thing. */
public final class Art {
    private Art() {}

    /** Paints the thing that the brush was made for. */
    public static void paint(Category category, Brush brush) {
        switch (category) {
            case MAN -> People.man(brush);
            case WOMAN -> People.woman(brush);
            case CHILD -> People.child(brush);
            case DOG -> Pets.dog(brush);
            case CAT -> Pets.cat(brush);
            case HORSE -> Herd.horse(brush);
            case COW -> Herd.cow(brush);
            case SHEEP -> Herd.sheep(brush);
            case ELEPHANT -> Giants.elephant(brush);
            case GIRAFFE -> Giants.giraffe(brush);
            case BIRD -> Fowl.bird(brush);
            case DUCK -> Fowl.duck(brush);
            case CRAB -> Fowl.crab(brush);
            case CAR -> RoadVehicles.car(brush);
            case BUS -> RoadVehicles.bus(brush);
            case TRUCK -> RoadVehicles.truck(brush);
            case BICYCLE -> RoadVehicles.bicycle(brush);
            case BOAT -> Craft.boat(brush);
            case AIRPLANE -> Craft.airplane(brush);
            case BALLOON -> Craft.balloon(brush);
            case BALL -> Toys.ball(brush);
            case KITE -> Toys.kite(brush);
            case UMBRELLA -> Toys.umbrella(brush);
            case GUITAR -> Toys.guitar(brush);
            case SURFBOARD -> Toys.surfboard(brush);
            case SNOWMAN -> Toys.snowman(brush);
            case CHAIR -> Furniture.chair(brush);
            case TABLE -> Furniture.table(brush);
            case SOFA -> Furniture.sofa(brush);
            case LAMP -> Furniture.lamp(brush);
            case BENCH -> Furniture.bench(brush);
            case TREE -> Plants.tree(brush);
            case PLANT -> Plants.pot(brush);
            case HOUSE -> Buildings.house(brush);
            case TENT -> Buildings.tent(brush);
            case LIGHTHOUSE -> Buildings.lighthouse(brush);
            case HYDRANT -> Wares.hydrant(brush);
            case BOX -> Wares.box(brush);
            case BOTTLE -> Wares.bottle(brush);
            case CUP -> Wares.cup(brush);
            case CLOCK -> Wares.clock(brush);
        }
    }
}
