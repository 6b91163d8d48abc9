package dev.glimpse.metric.box;

/** Left edge, top edge, width and height in pixels, in double precision as the COCO files have them. */
public record Rectangle(double x, double y, double width, double height) {
    public double area() {
        return width * height;
    }

    /** Intersection over union in [0, 1]; over the area of this box alone when the other is a crowd. */
    double iou(Rectangle other, boolean crowd) {
        double w = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
        double h = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
        if (w <= 0 || h <= 0) {
            return 0;
        }
        double intersection = w * h;
        return intersection / (crowd ? area() : area() + other.area() - intersection);
    }
}
