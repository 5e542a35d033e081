package io.github.niotmp.benchmarks.report;

import java.awt.Color;
import java.awt.Rectangle;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.renderer.category.LineAndShapeRenderer;
import org.jfree.chart.renderer.category.StatisticalLineAndShapeRenderer;
import org.jfree.data.statistics.DefaultStatisticalCategoryDataset;
import org.jfree.svg.SVGGraphics2D;

/**
 * Plots the time of nio-tmp as a ratio of the best peer and of the limit, one point with its error
 * for each work.
 */
final class Plot {
  private static final int WIDTH = 900;
  private static final int ROW = 18;

  private Plot() {}

  static String svg(Results results, String title) {
    DefaultStatisticalCategoryDataset ratios = new DefaultStatisticalCategoryDataset();
    for (Work work : results.works()) {
      String best = results.bestPeer(work);
      if (best != null) {
        add(ratios, results, work, best, "of the best peer");
      }
      add(ratios, results, work, Work.LIMIT, "of the limit");
    }
    LogAxis times = new LogAxis("time as a ratio; left of 1 is faster");
    times.setBase(2);
    LineAndShapeRenderer points = new StatisticalLineAndShapeRenderer(false, true);
    CategoryPlot plot = new CategoryPlot(ratios, new CategoryAxis(), times, points);
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
    plot.addRangeMarker(new ValueMarker(1));
    JFreeChart chart = new JFreeChart(title, plot);
    int height = 120 + ROW * Math.max(1, ratios.getColumnCount());
    SVGGraphics2D drawing = new SVGGraphics2D(WIDTH, height);
    chart.draw(drawing, new Rectangle(WIDTH, height));
    return drawing.getSVGElement();
  }

  private static void add(
      DefaultStatisticalCategoryDataset ratios,
      Results results,
      Work work,
      String other,
      String series) {
    double[] ours = results.nanos(work, "TMP");
    double[] theirs = results.nanos(work, other);
    if (ours != null && theirs != null) {
      Estimate ratio = Estimate.ratio(ours, theirs);
      ratios.add(ratio.value(), (ratio.high() - ratio.low()) / 2, series, work.toString());
    }
  }
}
