namespace Quintet.Analyzers.Catalogue;

/// <summary>How a root line picks the bodies that it gives a context to.</summary>
internal enum RootSelector
{
    None,

    /// <summary>Overrides of the named member, or of any virtual member of the named type.</summary>
    Override,

    /// <summary>Implementations of the named interface (or interface member).</summary>
    Implements,

    /// <summary>(object, T : EventArgs) methods of derived types and delegates subscribed to events declared there.</summary>
    Handler,

    /// <summary>Members marked with the named attribute.</summary>
    Attribute,

    /// <summary>Public instance methods of derived types.</summary>
    Public,

    /// <summary>Methods of derived types with one of the names in <c>names=</c> (Unity messages).</summary>
    Name,
}
