package dev.glimpse.scene.view;

import java.awt.image.BufferedImage;

/** A picture of a scene and what can be seen in it. */
public record Shot(BufferedImage image, View view) {}
