namespace Quintet.Tests.Conformance.Multiprocessing;

internal enum FaultPoint : byte
{
    TaskPickle,
    TaskUnpickle,
    Execution,
    ResultPickle,
    ResultUnpickle,
}
