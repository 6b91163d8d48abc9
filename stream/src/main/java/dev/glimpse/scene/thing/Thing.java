package dev.glimpse.scene.thing;

/**
 * One thing of a scene as it is at time 0.
 *
 * @param id position in the scene's list
 * @param variant which of its kind's shapes, 0 to 2
 * @param left whether it looks to the left
 * @param x middle of its feet
 * @param y height of its feet
 * @param scale size relative to a middling thing of its kind, distance included
 * @param speed scene units a second along x, 0 when it stays; negative to the left
 * @param phase where in its gait it starts, radians
 * @param tie how it hangs on its host
 * @param host id of the host, itself when there is none
 */
public record Thing(
        int id,
        Category category,
        int variant,
        Colour colour,
        Pattern pattern,
        Size size,
        boolean left,
        double x,
        double y,
        double scale,
        double speed,
        double phase,
        Tie tie,
        int host) {

    public boolean moves() {
        return speed != 0;
    }
}
