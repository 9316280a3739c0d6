package kmemsh.render;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import kmemsh.view.Plot;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.w3c.dom.Document;

/** Pictures as SVG documents: the same record gives the same bytes. */
public final class SvgFiles {
  private static final String SVG = "http://www.w3.org/2000/svg";
  private static final int WIDTH = 800;
  private static final int HEIGHT = 300;

  /** Dark enough on white, and apart for the colour-blind. */
  private static final Color[] COLORS = {
    new Color(0x0072b2), new Color(0xd55e00), new Color(0x009e73), new Color(0xcc79a7)
  };

  private SvgFiles() {}

  /** A chart for each series, one below the other. */
  public static String plot(Plot plot) {
    int nr = plot.series().size();
    return document(
        WIDTH,
        HEIGHT * nr,
        graphics -> {
          for (int i = 0; i < nr; i++) {
            chart(plot, i).paint(graphics, WIDTH, HEIGHT);
            graphics.translate(0, HEIGHT);
          }
        });
  }

  private static XYChart chart(Plot plot, int i) {
    Plot.Series series = plot.series().get(i);
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(series.name())
            .xAxisTitle("operations")
            .build();
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setPlotBorderVisible(false);
    chart.getStyler().setYAxisDecimalPattern("#,##0");
    chart.getStyler().setXAxisDecimalPattern("#,##0");
    List<Integer> x = new ArrayList<>();
    List<Long> y = new ArrayList<>();
    for (int at = 0; at < plot.moments().length; at++) {
      if (series.values()[at] != Plot.NONE) {
        x.add(plot.moments()[at]);
        y.add(series.values()[at]);
      }
    }
    XYSeries line = chart.addSeries(series.name(), x, y);
    line.setMarker(x.size() > 40 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
    line.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Step);
    line.setLineColor(COLORS[i % COLORS.length]);
    line.setMarkerColor(COLORS[i % COLORS.length]);
    line.setLineStyle(new BasicStroke(2));
    return chart;
  }

  /** A document of that size, in pixels, with what {@code drawing} draws. */
  static String document(int width, int height, Consumer<SVGGraphics2D> drawing) {
    try {
      Document document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .getDOMImplementation()
              .createDocument(SVG, "svg", null);
      SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
      context.setComment("kmemsh");
      SVGGraphics2D graphics = new SVGGraphics2D(context, false);
      graphics.setSVGCanvasSize(new Dimension(width, height));
      drawing.accept(graphics);
      StringWriter out = new StringWriter();
      graphics.stream(out, true);
      return out.toString().replace("\r\n", "\n");
    } catch (ParserConfigurationException missing) {
      throw new IllegalStateException(missing);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
