package kmemsh.view;

import java.util.List;

/**
 * The chapters of the tour.
 *
 * @param now where the learner is, from 1 on; 0 nowhere yet
 */
public record Chapters(List<String> titles, int now) {}
