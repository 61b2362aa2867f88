namespace Quintet.Multiprocessing;

/// <summary>
/// A static method that processes may run. The generator makes an entry in the dispatch table and the codecs for the exact types of its
/// arguments and its result. Methods that are given to a <see cref="ProcessPool"/> by name or as a static lambda do not need it for the
/// JIT.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProcessFunctionAttribute : Attribute;
