using Quintet.Multiprocessing;

namespace Quintet.Tests.Conformance.Multiprocessing;

/// <summary>A value whose codec does what test_deadlock's objects do when they are pickled or unpickled, in the process that is to suffer
/// it.</summary>
/// <param name="When">The point at which it strikes.</param>
/// <param name="What">What it does there.</param>
internal sealed record Faulty(FaultPoint When, Fault What)
{
    internal sealed class Codec : PayloadCodec<Faulty>
    {
        public override int SmallestSize => 2;

        public override void Write(PayloadWriter writer, Faulty value)
        {
            value.Strike(ProcessWorker.IsWorker ? FaultPoint.ResultPickle : FaultPoint.TaskPickle);
            writer.Raw((byte)value.When);
            writer.Raw((byte)value.What);
        }

        public override Faulty Read(ref PayloadReader reader)
        {
            var value = new Faulty((FaultPoint)reader.Raw<byte>(), (Fault)reader.Raw<byte>());
            value.Strike(ProcessWorker.IsWorker ? FaultPoint.TaskUnpickle : FaultPoint.ResultUnpickle);
            return value;
        }
    }

    internal void Strike(FaultPoint now)
    {
        if (now != When) return;
        switch (What)
        {
            case Fault.Error:
                throw new FormatException($"error at {now}");
            case Fault.Exit:
                Environment.Exit(1);
                break;
            case Fault.Crash:
                Environment.FailFast("crash");
                break;
            case Fault.Kill:
                System.Diagnostics.Process.GetCurrentProcess().Kill();
                Thread.Sleep(Timeout.Infinite);
                break;
        }
    }
}
