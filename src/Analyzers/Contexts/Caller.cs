using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Contexts;

/// <summary>A place from which a body is run.</summary>
/// <param name="Own">Contexts of the lambda around the place, or of the receiver that the body is handed to; none for a plain call.</param>
/// <param name="Detached">The place runs apart from the body that it is written in: on the pool, later, or who knows where.</param>
/// <param name="HandedOn">The place names the body and gives it to a receiver, which runs it.</param>
/// <param name="Body">The member or local function that the place is written in; null where that cannot be said.</param>
/// <param name="OfResult">Where a receiver runs the function that the body gives to whoever calls it.</param>
internal readonly record struct Caller(
    RunContext Own, bool Detached, bool HandedOn, IMethodSymbol? Body, RunContext OfResult = RunContext.Unknown);
