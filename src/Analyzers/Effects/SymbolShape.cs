using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.Analyzers.Effects;

/// <summary>Facts about a symbol that only its declaration tells.</summary>
[Flags]
internal enum SymbolShape
{
    None = 0,

    /// <summary>A method with <c>yield</c>: it runs when it is enumerated, not when it is called.</summary>
    Iterator = 1,

    /// <summary>A property whose accessors do nothing.</summary>
    AutoProperty = 2,

    /// <summary>A type whose static fields, properties or constructor call something.</summary>
    StaticInitialisers = 4,

    /// <summary>A type whose instance fields or properties are initialised by a call.</summary>
    InstanceInitialisers = 8,

    /// <summary>A method or constructor that may take a lock for its caller, give it up, or run what it is given under one.</summary>
    TellsOfLocks = 16,
}
