package dev.glimpse.train;

/**
 * The teacher: what the student is distilled from.
 *
 * @param detector its detector and how it is trained
 */
public record TeacherConfig(TeacherDetectorConfig detector) {}
