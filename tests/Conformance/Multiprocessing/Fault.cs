namespace Quintet.Tests.Conformance.Multiprocessing;

internal enum Fault : byte
{
    Error,
    Exit,
    Crash,
    Kill,
}
