using System.Diagnostics.Metrics;

namespace Quintet.Tests.Runtime;

/// <summary>What a meter says when it is asked, as a monitoring tool would ask it.</summary>
internal static class Readings
{
    /// <summary>The sum of what an instrument measures now under all these tags; null if it measures nothing under them.</summary>
    internal static double? Of(string meter, string name, params (string Key, object Value)[] tags)
    {
        double? sum = null;
        void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> its)
        {
            foreach (var (key, wanted) in tags)
            {
                if (!its.ToArray().Contains(new(key, wanted))) return;
            }

            sum = (sum ?? 0) + value;
        }

        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == meter && instrument.Name == name) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, its, _) => Add(value, its));
        listener.SetMeasurementEventCallback<double>((_, value, its, _) => Add(value, its));
        listener.Start();
        listener.RecordObservableInstruments();
        return sum;
    }

    /// <summary>Whether it says so within the patience of a wait: tasks are counted when they have been answered.</summary>
    internal static bool Become(double wanted, Func<double?> reading) => SpinWait.SpinUntil(() => reading() == wanted, Patience.OfAWait);
}
