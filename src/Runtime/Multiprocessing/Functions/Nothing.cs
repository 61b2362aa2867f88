namespace Quintet.Multiprocessing.Functions;

/// <summary>The argument of a function without arguments and the result of one without a result.</summary>
internal readonly record struct Nothing(byte Unused);
